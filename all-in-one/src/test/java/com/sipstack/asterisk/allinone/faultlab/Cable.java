package com.sipstack.asterisk.allinone.faultlab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy on loopback that can be cut, stalled or made to garble what goes through it, in both directions. */
final class Cable implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;
    private static final int CONNECT_MS = 5_000;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Object changed = new Object();
    private volatile State state = State.WHOLE;

    /** What becomes of bytes. */
    enum State {
        WHOLE,
        /** Connections are reset, new ones too. */
        CUT,
        /** Nothing moves, and nobody is told. */
        STALLED,
        /** One byte in each piece is another. */
        GARBLING
    }

    /** @param target port on loopback, whether anything listens there yet or not */
    Cable(int target) throws IOException {
        this.target = target;
        run(this::accept, "cable");
    }

    int port() {
        return listener.getLocalPort();
    }

    void turn(State next) {
        synchronized (changed) {
            state = next;
            changed.notifyAll();
        }
        if (next == State.CUT) {
            sockets.forEach(Cable::reset);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                sockets.add(near);
                if (state == State.CUT) {
                    reset(near);
                } else {
                    run(() -> connect(near), "cable-connect");
                }
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException("the cable takes no more connections", e);
                }
            }
        }
    }

    private void connect(Socket near) {
        Socket far = new Socket();
        sockets.add(far);
        try {
            far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MS);
            run(() -> carry(near, far), "cable-out");
            carry(far, near);
        } catch (IOException e) {
            drop(near, far); // nobody listens there now: neither does anybody here
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitMovement();
                if (state == State.GARBLING) {
                    buffer[read / 2] ^= 0x55;
                }
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // reset by either end, or by us: the other end is told by the same
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            drop(from, to);
        }
    }

    private void awaitMovement() throws InterruptedException {
        synchronized (changed) {
            while (state == State.STALLED) {
                changed.wait();
            }
        }
    }

    private void drop(Socket one, Socket other) {
        reset(one);
        reset(other);
        sockets.remove(one);
        sockets.remove(other);
    }

    private static void reset(Socket socket) {
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        } catch (IOException e) {
            // it is gone already
        }
    }

    private static void run(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        turn(State.CUT);
    }
}
