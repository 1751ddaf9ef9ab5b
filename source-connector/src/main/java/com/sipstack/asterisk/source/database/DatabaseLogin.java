package com.sipstack.asterisk.source.database;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.apache.kafka.common.config.types.Password;

/**
 * A database and who reads it.
 *
 * @param url JDBC address, of one of the {@link Dialect}s
 * @param queryTimeout after which the server ends a query of ours
 */
record DatabaseLogin(String url, String user, Password password, Duration queryTimeout) {
    DatabaseLogin {
        requireNonNull(url, "url is null");
    }

    /** The address without the driver's parameters, for logs. */
    String place() {
        return url.split("\\?", 2)[0];
    }

    Dialect dialect() {
        return Dialect.of(url).orElseThrow(() -> new IllegalArgumentException(place() + " is of no database of ours"));
    }
}
