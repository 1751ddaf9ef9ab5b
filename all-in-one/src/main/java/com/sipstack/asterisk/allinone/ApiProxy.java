package com.sipstack.asterisk.allinone;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** An HTTP proxy on the way to the API. User and password are empty where it asks for none. */
record ApiProxy(String url, String user, String password) {
    static final ApiProxy NONE = new ApiProxy("", "", "");

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
