package com.sipstack.asterisk.allinone;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An HTTP proxy on the way to the API. User and password are empty where it asks for none. */
public record ApiProxy(String url, String user, String password) {
    private static final List<String> NAMES = List.of("HTTPS_PROXY", "https_proxy");
    private static final List<String> EXCEPTIONS = List.of("NO_PROXY", "no_proxy");
    static final ApiProxy NONE = new ApiProxy("", "", "");

    /**
     * The variables of a file, and with them, unless the file names a proxy or none, that of the environment: programs take it from
     * there, whatever files they read. One that is of no use to us, or would serve an API without TLS, is left alone.
     */
    public static Map<String, String> inherited(Map<String, String> file, Map<String, String> environment) {
        if (NAMES.stream().anyMatch(file::containsKey) || !isEncrypted(file)) {
            return file;
        }
        Map<String, String> both = new LinkedHashMap<>(file);
        NAMES.stream()
                .filter(name ->
                        parse(environment.getOrDefault(name, "").strip()).isPresent())
                .forEach(name -> both.put(name, environment.get(name)));
        EXCEPTIONS.stream()
                .filter(environment::containsKey)
                .forEach(name -> both.putIfAbsent(name, environment.get(name)));
        return both;
    }

    private static boolean isEncrypted(Map<String, String> variables) {
        return new EnvSettings(variables).api().address().startsWith("https:");
    }

    /** Empty if it is no {@code http://[user:password@]host:port}. Quotes nothing of it: there may be a password in it. */
    static Optional<ApiProxy> parse(String text) {
        try {
            URI uri = new URI(text);
            return "http".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() > 0
                    ? Optional.of(of(uri))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty(); // its message has the text in it
        }
    }

    private static ApiProxy of(URI uri) {
        String[] credentials = Optional.ofNullable(uri.getUserInfo()).orElse("").split(":", 2);
        return new ApiProxy(
                "http://" + uri.getHost() + ":" + uri.getPort(),
                credentials[0],
                credentials.length > 1 ? credentials[1] : "");
    }
}
