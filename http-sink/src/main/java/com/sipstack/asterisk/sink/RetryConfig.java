package com.sipstack.asterisk.sink;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * The settings that say when, and for how long, a document is sent again.
 *
 * @param firstBackoff the limit of the wait after a first failure
 * @param longestBackoff the limit of any wait that the API did not ask for
 * @param timeout the age of a record from which on its document is given up
 */
record RetryConfig(Duration firstBackoff, Duration longestBackoff, Duration timeout) {
    static final String BACKOFF = "retry.backoff.ms";
    static final String BACKOFF_MAX = "retry.backoff.max.ms";
    static final String TIMEOUT = "retry.timeout.ms";

    private static final String GROUP = "Retry";
    private static final long LONGEST_BACKOFF = Duration.ofDays(1).toMillis();

    static void define(ConfigDef settings) {
        defineBackoff(settings);
        defineBackoffMax(settings);
        defineTimeout(settings);
    }

    static RetryConfig from(AbstractConfig settings) {
        return new RetryConfig(
                Duration.ofMillis(settings.getLong(BACKOFF)),
                Duration.ofMillis(settings.getLong(BACKOFF_MAX)),
                Duration.ofMillis(settings.getLong(TIMEOUT)));
    }

    private static void defineBackoff(ConfigDef settings) {
        settings.define(
                BACKOFF,
                ConfigDef.Type.LONG,
                500L,
                Range.between(1, LONGEST_BACKOFF),
                Importance.LOW,
                "The longest wait, in milliseconds, after a document's first failed attempt. It doubles with every"
                        + " further one; the wait itself is a random share of it.",
                GROUP,
                1,
                Width.SHORT,
                "Retry backoff (ms)");
    }

    private static void defineBackoffMax(ConfigDef settings) {
        settings.define(
                BACKOFF_MAX,
                ConfigDef.Type.LONG,
                60_000L,
                Range.between(1, LONGEST_BACKOFF),
                Importance.LOW,
                "What the wait between two attempts may grow to, in milliseconds. A Retry-After of the API that is"
                        + " longer is obeyed all the same.",
                GROUP,
                2,
                Width.SHORT,
                "Longest retry backoff (ms)");
    }

    private static void defineTimeout(ConfigDef settings) {
        settings.define(
                TIMEOUT,
                ConfigDef.Type.LONG,
                Duration.ofDays(2).toMillis(),
                Range.atLeast(0),
                Importance.MEDIUM,
                "How long a document is sent again, in milliseconds since its record was written to Kafka. After that"
                        + " a failed attempt is the last and the document goes to the dead-letter topic.",
                GROUP,
                3,
                Width.MEDIUM,
                "Retry timeout (ms)");
    }
}
