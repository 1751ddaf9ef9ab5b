package com.sipstack.asterisk.source.ami;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.asteriskjava.util.SocketConnectionFacade;

/**
 * A connection to a manager interface, line by line; encrypted only with a certificate that is the host's. Lines end with CR LF: a
 * single one of them belongs to a value. Bytes that are no UTF-8, such as those of a name cut in the middle of a character, are
 * replaced. One thread reads, one at a time writes, any closes.
 */
final class AmiSocket implements SocketConnectionFacade {
    private static final int BUFFER = 64 * 1024;
    /** No line of Asterisk comes near it. */
    private static final int LONGEST_LINE = 1024 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private AmiSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        this.out = socket.getOutputStream();
    }

    static AmiSocket connect(AmiLogin login) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.setSoTimeout(Math.toIntExact(login.readTimeout().toMillis()));
            socket.connect(
                    new InetSocketAddress(login.host(), login.port()),
                    Math.toIntExact(login.connectTimeout().toMillis()));
            return new AmiSocket(login.tls().isPresent() ? encrypted(socket, login) : socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket encrypted(Socket plain, AmiLogin login) throws IOException {
        try {
            SSLSocket socket = (SSLSocket) Trust.in(login.tls().orElseThrow().authorities())
                    .getSocketFactory()
                    .createSocket(plain, login.host(), login.port(), true);
            SSLParameters parameters = socket.getSSLParameters();
            // Without it Java checks who signed the certificate, but not whose it is
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    /** Null at the end of the stream. */
    @Override
    public String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        int before = -1;
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n' && before == '\r') {
                return new String(line.toByteArray(), 0, line.size() - 1, StandardCharsets.UTF_8);
            }
            if (line.size() == LONGEST_LINE) {
                throw new IOException("a line is longer than " + LONGEST_LINE + " bytes: this is no manager interface");
            }
            line.write(next);
            before = next;
        }
        return null;
    }

    @Override
    public void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    @Override
    public boolean isConnected() {
        return socket.isConnected();
    }

    @Override
    public InetAddress getLocalAddress() {
        return socket.getLocalAddress();
    }

    @Override
    public int getLocalPort() {
        return socket.getLocalPort();
    }

    @Override
    public InetAddress getRemoteAddress() {
        return socket.getInetAddress();
    }

    @Override
    public int getRemotePort() {
        return socket.getPort();
    }
}
