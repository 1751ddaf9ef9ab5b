package com.sipstack.asterisk.sink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The wire to a server, with somebody who listens to what the client says. */
final class Wire implements AutoCloseable {
    private final int port;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final Queue<ByteArrayOutputStream> said = new ConcurrentLinkedQueue<>();

    /** @param port of the server, on loopback */
    Wire(int port) throws IOException {
        this.port = port;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** What clients said, one text for each connection on which they said anything; bytes as Latin-1. */
    List<String> said() {
        return said.stream()
                .filter(bytes -> bytes.size() > 0)
                .map(bytes -> bytes.toString(StandardCharsets.ISO_8859_1))
                .toList();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = kept(server.accept());
                Socket behind = kept(new Socket(InetAddress.getLoopbackAddress(), port));
                ByteArrayOutputStream heard = new ByteArrayOutputStream();
                said.add(heard);
                threads.execute(() -> pass(client, behind, heard));
                threads.execute(() -> pass(behind, client, OutputStream.nullOutputStream()));
            } catch (IOException e) {
                // Closed, or nobody is behind it now: the next client may find somebody
            }
        }
    }

    private Socket kept(Socket socket) {
        sockets.add(socket);
        return socket;
    }

    /** Passes on what comes until either side ends, and then ends both. */
    private static void pass(Socket from, Socket to, OutputStream heard) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            byte[] chunk = new byte[8192];
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                heard.write(chunk, 0, length);
                to.getOutputStream().write(chunk, 0, length);
            }
        } catch (IOException e) {
            // A reset is passed on as an end
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdown();
    }
}
