package com.sipstack.asterisk.assembler.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The part of an address behind its question mark. */
final class Query {
    private static final int LONGEST = 4_000;

    private final Map<String, String> values = new HashMap<>();

    /** @throws IllegalArgumentException if it cannot be decoded, or is too long */
    static Query of(URI address) {
        Query query = new Query();
        String raw = address.getRawQuery();
        if (raw != null && raw.length() > LONGEST) {
            throw new IllegalArgumentException("the address is too long");
        }
        for (String pair : (raw == null ? "" : raw).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.values.put(
                        URLDecoder.decode(pair.substring(0, equals), UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), UTF_8));
            }
        }
        return query;
    }

    /** Empty if it is blank. */
    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** @throws IllegalArgumentException if it is missing */
    String required(String name) {
        return text(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }

    /** @throws IllegalArgumentException if it is no instant */
    Optional<Instant> instant(String name) {
        return text(name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException(
                        name + " '" + text + "' is no instant, e.g. 2026-11-22T08:00:00Z", e);
            }
        });
    }
}
