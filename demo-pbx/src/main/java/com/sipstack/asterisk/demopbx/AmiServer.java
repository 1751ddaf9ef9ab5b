package com.sipstack.asterisk.demopbx;

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
import java.util.concurrent.CopyOnWriteArrayList;

/** A PBX's manager interface on a real socket of this machine: says to everyone who logged in what a test wants it to say. */
public final class AmiServer implements AutoCloseable {
    /** Who may log in. */
    public static final String USER = "sipstack";

    public static final String SECRET = "s3cret";
    private static final String CHALLENGE = "158303146";
    private static final String END = "\r\n";

    private final ServerSocket server;
    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private final List<String> eventMasks = new CopyOnWriteArrayList<>();
    private final Map<String, List<String>> commands = new ConcurrentHashMap<>();

    /** On any port that is free. */
    public AmiServer() throws IOException {
        this(0);
    }

    /** @param port 0 for any that is free */
    public AmiServer(int port) throws IOException {
        this(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()));
    }

    /** @param server is closed with this one */
    public AmiServer(ServerSocket server) {
        this.server = server;
        daemon(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Lets users give commands; what they print. */
    public void answers(String command, String... lines) {
        commands.put(command, List.of(lines));
    }

    /** How often a user logged in. */
    public int logins() {
        return eventMasks.size();
    }

    /** The event masks asked for, in the order of logins. */
    public List<String> eventMasks() {
        return List.copyOf(eventMasks);
    }

    /** To all sessions that are logged in. */
    public void say(byte[] bytes) {
        sessions.forEach(session -> session.write(bytes));
    }

    public void say(String text) {
        say(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Breaks all connections, as a network does. */
    public void cut() {
        sessions.forEach(Session::close);
        sessions.clear();
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                daemon(new Session(socket)::serve);
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "ami-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** One connection. */
    private final class Session {
        private final Socket socket;

        Session(Socket socket) {
            this.socket = socket;
        }

        void serve() {
            try (socket;
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
                write("Asterisk Call Manager/9.0.0" + END);
                Map<String, String> action = new LinkedHashMap<>();
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    if (line.isEmpty()) {
                        answer(action);
                        action.clear();
                    } else {
                        String[] header = line.split(": ?", 2);
                        action.put(header[0].toLowerCase(Locale.ROOT), header[1]);
                    }
                }
            } catch (IOException | UncheckedIOException e) {
                close();
            } finally {
                sessions.remove(this);
            }
        }

        private void answer(Map<String, String> action) {
            String id = action.getOrDefault("actionid", "");
            switch (action.getOrDefault("action", "").toLowerCase(Locale.ROOT)) {
                case "challenge" -> respond("Success", id, "Challenge: " + CHALLENGE);
                case "login" -> login(action, id);
                case "ping" -> respond("Success", id, "Ping: Pong");
                case "command" -> command(action.get("command"), id);
                default -> respond("Error", id, "Message: Permission denied");
            }
        }

        private void login(Map<String, String> action, String id) {
            boolean knows = USER.equals(action.get("username"))
                    && (SECRET.equals(action.get("secret")) || digest().equals(action.get("key")));
            if (knows) {
                respond("Success", id, "Message: Authentication accepted");
                sessions.add(this);
                eventMasks.add(action.getOrDefault("events", ""));
            } else {
                respond("Error", id, "Message: Authentication failed");
            }
        }

        private void command(String command, String id) {
            List<String> lines = commands.get(command);
            if (lines == null) {
                respond("Error", id, "Message: Permission denied");
                return;
            }
            StringBuilder output = new StringBuilder("Message: Command output follows");
            lines.forEach(line -> output.append(END).append("Output: ").append(line));
            respond("Success", id, output.toString());
        }

        private void respond(String response, String id, String headers) {
            write("Response: " + response + END + "ActionID: " + id + END + headers + END + END);
        }

        private void write(String text) {
            write(text.getBytes(StandardCharsets.UTF_8));
        }

        private synchronized void write(byte[] bytes) {
            try {
                OutputStream out = socket.getOutputStream();
                out.write(bytes);
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
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
