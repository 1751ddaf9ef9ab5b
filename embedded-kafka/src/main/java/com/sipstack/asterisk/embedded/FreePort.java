package com.sipstack.asterisk.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of the loopback interface. */
public final class FreePort {
    private FreePort() {}

    /** A port that was free a moment ago. */
    public static int any() throws IOException {
        return bind(0);
    }

    /** One that was free a moment ago, and is not the given one: the system may well offer the same twice. */
    static int otherThan(int port) throws IOException {
        int other = any();
        while (other == port) {
            other = any();
        }
        return other;
    }

    /**
     * The given port if it is free, any free one for 0.
     *
     * @throws IOException if the port is taken; the message names it
     */
    public static int orCheck(int port) throws IOException {
        try {
            return bind(port);
        } catch (IOException e) {
            throw new IOException("port " + port + " on 127.0.0.1 is taken by another program", e);
        }
    }

    private static int bind(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
