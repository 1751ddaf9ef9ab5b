package com.sipstack.asterisk.source.ami;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A connection to a manager interface, line by line; encrypted only with a certificate that is the host's. Lines end with CR LF: a
 * single one of them belongs to a value. Bytes that are no UTF-8, such as those of a name cut in the middle of a character, are
 * replaced. For one thread.
 */
final class AmiSocket {
    private static final int BUFFER = 64 * 1024;
    /** No line of Asterisk comes near it. */
    private static final int LONGEST_LINE = 1024 * 1024;

    private final Socket socket;
    private final InputStream in;
    private byte[] buffer = new byte[BUFFER];
    /** Where what was read and not taken yet begins. */
    private int from;
    /** Where it ends. */
    private int to;

    private AmiSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
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
        } catch (SSLException e) {
            throw fault(e, login);
        }
    }

    /** A certificate that is not trusted, or another host's, does not mend itself; other faults of a handshake may. */
    private static IOException fault(SSLException e, AmiLogin login) {
        Throwable cause = e.getCause();
        while (cause != null && !(cause instanceof CertificateException)) {
            cause = cause.getCause();
        }
        return cause == null
                ? new IOException("TLS with the " + login.place() + " failed: " + e.getMessage(), e)
                : new AmiRefusal(
                        AmiSettings.TLS_AUTHORITIES,
                        "the certificate of the " + login.place() + " is refused: " + cause.getMessage()
                                + "; it must name this host and be signed by an authority in the file that "
                                + AmiSettings.TLS_AUTHORITIES.key() + " names, else by one that Java trusts");
    }

    Socket socket() {
        return socket;
    }

    /** Null at the end of the stream. */
    String readLine() throws IOException {
        int next = from;
        while (true) {
            for (; next < to; next++) {
                if (buffer[next] == '\n' && next > from && buffer[next - 1] == '\r') {
                    String line = new String(buffer, from, next - 1 - from, StandardCharsets.UTF_8);
                    from = next + 1;
                    return line;
                }
            }
            next = to - from;
            if (!fill()) {
                return null;
            }
        }
    }

    /** Begins the buffer with the unfinished line and reads on; false at the end of the stream. */
    private boolean fill() throws IOException {
        int length = to - from;
        if (length == LONGEST_LINE) {
            throw new IOException("a line is longer than " + LONGEST_LINE + " bytes: this is no manager interface");
        }
        byte[] next = length == buffer.length ? new byte[Math.min(2 * length, LONGEST_LINE)] : buffer;
        System.arraycopy(buffer, from, next, 0, length);
        buffer = next;
        from = 0;
        int count = in.read(buffer, length, buffer.length - length);
        to = length + Math.max(0, count);
        return count >= 0;
    }
}
