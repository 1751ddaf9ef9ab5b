package com.sipstack.asterisk.allinone.doctor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ServerSocketFactory;

/** A PBX's manager interface on a real socket, which answers commands as Asterisk 20 prints them. */
final class ManagerServer implements AutoCloseable {
    static final String USER = "sipstack";
    static final String SECRET = "mgr-s3cret";
    private static final String CHALLENGE = "158303146";
    private static final String END = "\r\n";

    private final ServerSocket server;
    private final Map<String, List<String>> commands = new ConcurrentHashMap<>();
    private final Map<String, List<String>> files = new ConcurrentHashMap<>();
    private volatile String banner = "Asterisk Call Manager/9.0.0";
    private volatile boolean isOld;

    ManagerServer() throws IOException {
        this(ServerSocketFactory.getDefault());
    }

    ManagerServer(ServerSocketFactory sockets) throws IOException {
        server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    ManagerServer says(String text) {
        banner = text;
        return this;
    }

    /** Output comes as before Asterisk 14. */
    ManagerServer isOld() {
        isOld = true;
        return this;
    }

    ManagerServer answers(String command, String output) {
        commands.put(command, output.lines().toList());
        return this;
    }

    ManagerServer showsFile(String name, String... lines) {
        files.put(name, List.of(lines));
        return this;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                daemon(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "manager-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket socket) {
        try (socket;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            OutputStream out = socket.getOutputStream();
            if (!banner.isEmpty()) {
                write(out, banner + END);
            }
            Map<String, String> action = new LinkedHashMap<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.isEmpty()) {
                    write(out, "Event: FullyBooted" + END + "Status: Fully Booted" + END + END + answer(action));
                    action.clear();
                } else {
                    String[] header = line.split(": ?", 2);
                    action.put(header[0].toLowerCase(Locale.ROOT), header[1]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a session of the test's broke", e);
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private String answer(Map<String, String> action) {
        String id = action.get("actionid");
        return switch (action.get("action")) {
            case "Challenge" -> response("Success", id, "Challenge: " + CHALLENGE);
            case "Login" ->
                digest().equals(action.get("key")) && USER.equals(action.get("username"))
                        ? response("Success", id, "Message: Authentication accepted")
                        : response("Error", id, "Message: Authentication failed");
            case "Command" -> output(commands.get(action.get("command")), id);
            case "GetConfig" -> file(files.get(action.get("filename")), id);
            default -> response("Error", id, "Message: Invalid/unknown command");
        };
    }

    private String output(List<String> lines, String id) {
        if (commands.isEmpty()) {
            return response("Error", id, "Message: Permission denied");
        }
        List<String> printed = lines == null ? List.of("No such command") : lines;
        if (isOld) {
            return "Response: Follows" + END + "Privilege: Command" + END + "ActionID: " + id + END
                    + String.join("\n", printed) + "\n--END COMMAND--" + END + END;
        }
        StringBuilder headers = new StringBuilder("Message: Command output follows");
        printed.forEach(line -> headers.append(END).append("Output: ").append(line));
        return response("Success", id, headers.toString());
    }

    private static String file(List<String> lines, String id) {
        return lines == null
                ? response("Error", id, "Message: Permission denied")
                : response("Success", id, String.join(END, lines));
    }

    private static String response(String response, String id, String headers) {
        return "Response: " + response + END + "ActionID: " + id + END + headers + END + END;
    }

    private static String digest() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("MD5").digest((CHALLENGE + SECRET).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
