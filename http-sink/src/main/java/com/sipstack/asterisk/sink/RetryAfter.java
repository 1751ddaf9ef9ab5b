package com.sipstack.asterisk.sink;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import okhttp3.Headers;

/** The {@code Retry-After} header in both of its forms (RFC 9110, 10.2.3). */
final class RetryAfter {
    private static final String NAME = "Retry-After";
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private RetryAfter() {}

    /** How long to wait from now; zero without a header, with one that is neither form, and with a date gone by. */
    static Duration from(Headers headers, Instant now) {
        String value = headers.get(NAME);
        if (value != null && SECONDS.matcher(value).matches()) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        Instant date = headers.getInstant(NAME);
        return date == null || date.isBefore(now) ? Duration.ZERO : Duration.between(now, date);
    }
}
