package com.sipstack.asterisk.assembler.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** Who may look, and who may replay. */
final class Gate {
    static final String REPLAY_TOKEN = "X-Sipstack-Replay-Token";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final ConsoleSettings settings;

    Gate(ConsoleSettings settings) {
        this.settings = settings;
    }

    /** What a request is told instead of what it asked for. */
    record Refusal(int status, String reason) {}

    Optional<Refusal> mayLook(Headers request) {
        if (settings.token().isPresent()) {
            return isToken(settings.token().get(), request.getFirst("Authorization"))
                    ? Optional.empty()
                    : Optional.of(new Refusal(401, "the console's token is asked for, as the password of any user"));
        }
        // A foreign page's host name can be made to resolve to loopback; the browser then sends that name
        return isOurHost(request.getFirst("Host"))
                ? Optional.empty()
                : Optional.of(new Refusal(403, "without console.token, the console answers to its own address alone"));
    }

    /** A page of another origin can neither set the header nor know the token. */
    Optional<Refusal> mayReplay(Headers request) {
        if (settings.replayToken().isEmpty()) {
            return Optional.of(
                    new Refusal(403, "console.replay.token is not set: letters are replayed by sipstack dlq"));
        }
        if (!isSameOrigin(request)) {
            return Optional.of(new Refusal(403, "the request comes from another page than the console"));
        }
        String token = request.getFirst(REPLAY_TOKEN);
        return token != null && isEqual(settings.replayToken().get(), token)
                ? Optional.empty()
                : Optional.of(new Refusal(403, "that is not the token for replays"));
    }

    private boolean isOurHost(String host) {
        if (host == null) {
            return false;
        }
        int port = host.lastIndexOf(':');
        String name = port > host.lastIndexOf(']') ? host.substring(0, port) : host;
        return LOOPBACK.contains(name) || name.equals(settings.address().getHostString());
    }

    private static boolean isSameOrigin(Headers request) {
        String site = request.getFirst("Sec-Fetch-Site");
        if (site != null) {
            // The browser itself knows best: a proxy may have put its own name for us into Host
            return site.equals("same-origin");
        }
        String origin = request.getFirst("Origin");
        return origin == null || origin.endsWith("://" + request.getFirst("Host"));
    }

    private static boolean isToken(String token, String authorization) {
        if (authorization == null) {
            return false;
        }
        if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return isEqual(token, authorization.substring(7).strip());
        }
        return authorization.regionMatches(true, 0, "Basic ", 0, 6)
                && isEqual(token, password(authorization.substring(6).strip()));
    }

    private static String password(String credentials) {
        try {
            String text = new String(Base64.getDecoder().decode(credentials), UTF_8);
            return text.substring(text.indexOf(':') + 1);
        } catch (IllegalArgumentException noBase64) {
            return "";
        }
    }

    /** In a time that does not tell how much of it was right. */
    private static boolean isEqual(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8));
    }
}
