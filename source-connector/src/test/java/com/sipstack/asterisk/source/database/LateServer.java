package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.embedded.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A port of a database that nobody listens on until it is opened. */
final class LateServer implements AutoCloseable {
    private final TestDatabase database;
    private final int port;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ServerSocket listener;

    LateServer(TestDatabase database) throws IOException {
        this.database = database;
        this.port = FreePort.any();
    }

    String jdbcUrl() {
        return database.jdbcUrl().replace(":" + databasePort() + "/", ":" + port + "/");
    }

    void open() throws IOException {
        listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        if (listener != null) {
            listener.close();
        }
    }

    private int databasePort() {
        return URI.create(database.jdbcUrl().substring("jdbc:".length())).getPort();
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), databasePort());
                threads.execute(() -> copy(client, server));
                threads.execute(() -> copy(server, client));
            }
        } catch (IOException e) {
            threads.shutdownNow(); // closed
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            Thread.currentThread().interrupt(); // one side hung up
        }
    }
}
