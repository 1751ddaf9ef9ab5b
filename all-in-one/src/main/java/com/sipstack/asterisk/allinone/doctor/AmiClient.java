package com.sipstack.asterisk.allinone.doctor;

import com.sipstack.asterisk.allinone.EnvTargets.Manager;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/** A session with a PBX's manager interface in which we ask and it answers; its events are switched off. For one thread. */
final class AmiClient implements Closeable {
    private static final int TIMEOUT_MS = 5_000;
    private static final String BANNER = "Asterisk Call Manager/";
    private static final String END_OF_OUTPUT = "--END COMMAND--";

    private final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;
    private final String version;
    private int asked;

    private AmiClient(Socket socket) throws IOException {
        this.socket = socket;
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        out = socket.getOutputStream();
        String banner = line();
        if (!banner.startsWith(BANNER)) {
            throw new StrangerException(banner);
        }
        version = banner.substring(BANNER.length());
    }

    /** What answers is no manager interface. */
    static final class StrangerException extends IOException {
        private static final long serialVersionUID = 1L;

        StrangerException(String banner) {
            super(banner.length() > 60 ? banner.substring(0, 60) + "…" : banner);
        }
    }

    /**
     * An answer.
     *
     * @param headers by lower-case name; of several of a name the last one
     * @param lines all lines as they came, without the name of those that are a command's output
     */
    record Answer(Map<String, String> headers, List<String> lines) {
        boolean isSuccess() {
            String response = headers.getOrDefault("response", "");
            return response.equals("Success") || response.equals("Follows") || response.equals("Goodbye");
        }

        String message() {
            return headers.getOrDefault("message", "");
        }
    }

    /** Connects, and logs nobody in yet. */
    static AmiClient connect(Manager target) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(target.host(), target.port()), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            return new AmiClient(target.isEncrypted() ? encrypted(socket, target) : socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket encrypted(Socket socket, Manager target) throws IOException {
        SSLSocket secure = (SSLSocket) TrustedAuthorities.of(target.authorities())
                .sslSocketFactory()
                .createSocket(socket, target.host(), target.port(), true);
        var parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    /** Of the protocol, e.g. 9.0.0 with Asterisk 20. */
    String version() {
        return version;
    }

    /** The secret itself does not travel. */
    Answer login(String user, String secret) throws IOException {
        Answer challenge = ask("Challenge", Map.of("AuthType", "MD5"));
        if (!challenge.isSuccess()) {
            return challenge;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("AuthType", "MD5");
        headers.put("Username", user);
        headers.put("Key", md5(challenge.headers().getOrDefault("challenge", "") + secret));
        headers.put("Events", "off");
        return ask("Login", headers);
    }

    /** What a command prints; empty if the user may give none. */
    Optional<List<String>> command(String command) throws IOException {
        Answer answer = ask("Command", Map.of("Command", command));
        return answer.isSuccess() ? Optional.of(answer.lines()) : Optional.empty();
    }

    Answer ask(String action, Map<String, String> headers) throws IOException {
        String id = "doctor-" + ++asked;
        StringBuilder text = new StringBuilder("Action: " + action + "\r\nActionID: " + id + "\r\n");
        headers.forEach((name, value) -> text.append(name)
                .append(": ")
                .append(value.replaceAll("[\r\n]", ""))
                .append("\r\n"));
        out.write(text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
        Answer answer = block();
        while (!id.equals(answer.headers().get("actionid"))) {
            answer = block();
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private Answer block() throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1);
            headers.put(name, value.strip());
            lines.add(name.equals("output") ? value.replaceFirst(" ", "") : line);
            if (name.equals("actionid") && "Follows".equals(headers.get("response"))) {
                readOutput(lines);
            }
        }
        return new Answer(headers, lines);
    }

    /** Before Asterisk 14 a command's output came as it was, empty lines included. */
    private void readOutput(List<String> lines) throws IOException {
        for (String line = line(); !line.endsWith(END_OF_OUTPUT); line = line()) {
            lines.add(line);
        }
    }

    private String line() throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new IOException("the connection was closed by the other side");
        }
        return line;
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
