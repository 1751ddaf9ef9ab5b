package com.sipstack.asterisk.source.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to a database that hangs up on everybody until it is opened. */
final class LateServer implements AutoCloseable {
    private final TestDatabase database;
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile boolean isOpen;

    LateServer(TestDatabase database) throws IOException {
        this.database = database;
        threads.execute(this::accept);
    }

    String jdbcUrl() {
        return database.jdbcUrl().replace(":" + databasePort() + "/", ":" + listener.getLocalPort() + "/");
    }

    /** How many were hung up on. */
    int refusals() {
        return refusals.get();
    }

    void open() {
        isOpen = true;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }

    private int databasePort() {
        return URI.create(database.jdbcUrl().substring("jdbc:".length())).getPort();
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                serve(listener.accept());
            }
        } catch (IOException e) {
            if (!listener.isClosed()) {
                throw new UncheckedIOException("nobody can be let in", e);
            }
        }
    }

    private void serve(Socket client) throws IOException {
        if (isOpen) {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), databasePort());
            threads.execute(() -> copy(client, server));
            threads.execute(() -> copy(server, client));
        } else {
            client.close();
            refusals.incrementAndGet();
        }
    }

    /** Until one side hangs up, which is what an exception here means. */
    private static void copy(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            assert from.isClosed();
        }
    }
}
