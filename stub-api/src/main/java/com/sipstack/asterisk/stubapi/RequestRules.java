package com.sipstack.asterisk.stubapi;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;

/** The rules for everything around the body: method, key, User-Agent, host name and content type, in this order. */
final class RequestRules {
    static final String ASTERISK_HOSTNAME = "X-Asterisk-Hostname";

    private static final Pattern BEARER = Pattern.compile("Bearer +(\\S+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern API_KEY = Pattern.compile(
            "sk_[A-Za-z0-9]{20,}" // standard (32) and legacy (20 or more)
                    + "|sk_t[0-4]_[0-9a-fA-F]{32}_[0-9a-fA-F]{64}"
                    + "|sk_t[0-4]_c[0-9]+_[A-Za-z0-9]{20,}");
    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";
    private static final Pattern PRODUCT_AND_VERSION = Pattern.compile(TOKEN + "/" + TOKEN + "( .*)?");

    private final Optional<String> acceptedKey;

    /** @param acceptedKey the one key that is let in; empty lets in every key of a known format */
    RequestRules(Optional<String> acceptedKey) {
        this.acceptedKey = acceptedKey;
    }

    void check(ApiRequest request, Route route) {
        checkMethod(request, route);
        checkKey(request);
        checkUserAgent(request);
        route.contentType().ifPresent(type -> {
            checkHostname(request);
            checkContentType(request, type);
        });
    }

    private static void checkMethod(ApiRequest request, Route route) {
        if (!request.method().equals(route.method())) {
            throw ContractViolation.of(405, request.method() + ": this address takes " + route.method())
                    .withHeader("Allow", route.method());
        }
    }

    private void checkKey(ApiRequest request) {
        String authorization = request.header("Authorization").orElseThrow(() -> unauthorized("is required"));
        var bearer = BEARER.matcher(authorization);
        if (!bearer.matches()) {
            throw unauthorized("is not Bearer <API key>");
        }
        String key = bearer.group(1);
        if (!API_KEY.matcher(key).matches()) {
            throw unauthorized("the API key has none of the known formats");
        }
        if (acceptedKey.isPresent() && !acceptedKey.get().equals(key)) {
            throw unauthorized("the API key is not known here");
        }
    }

    private static ContractViolation unauthorized(String rule) {
        return ContractViolation.of(401, "Authorization: " + rule).withHeader("WWW-Authenticate", "Bearer");
    }

    private static void checkUserAgent(ApiRequest request) {
        String userAgent = requiredHeader(request, "User-Agent");
        if (!PRODUCT_AND_VERSION.matcher(userAgent).matches()) {
            throw ContractViolation.of(400, "User-Agent: does not name product/version");
        }
    }

    private static void checkHostname(ApiRequest request) {
        if (requiredHeader(request, ASTERISK_HOSTNAME).isBlank()) {
            throw ContractViolation.of(400, ASTERISK_HOSTNAME + ": is empty");
        }
    }

    private static String requiredHeader(ApiRequest request, String name) {
        return request.header(name).orElseThrow(() -> ContractViolation.of(400, name + ": is required"));
    }

    private static void checkContentType(ApiRequest request, String required) {
        String contentType = request.header("Content-Type")
                .orElseThrow(() -> ContractViolation.of(415, "Content-Type: is required, " + required));
        Map<String, String> parameters = new LinkedHashMap<>();
        String mediaType = HttpField.getValueParameters(contentType, parameters);
        if (!required.equals(mediaType.strip().toLowerCase(Locale.ROOT))) {
            throw ContractViolation.of(415, "Content-Type: " + contentType + " is not " + required);
        }
        if (!parameters.getOrDefault("charset", "utf-8").equalsIgnoreCase("utf-8")) {
            throw ContractViolation.of(415, "Content-Type: the charset is not utf-8");
        }
    }
}
