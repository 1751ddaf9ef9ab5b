package com.sipstack.asterisk.sink;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * The settings that say how many raw records wait and go out at a time.
 *
 * @param maxInFlight requests under way in a task
 * @param maxRecords records in a task's memory from which on it reads no more
 * @param maxBytes that the records in a task's memory take from which on it reads no more
 * @param closeTimeout how long requests may take to end when their partition is taken away
 */
record RawQueueConfig(int maxInFlight, int maxRecords, long maxBytes, Duration closeTimeout) {
    static final String MAX_IN_FLIGHT = "max.in.flight";
    static final String MAX_RECORDS = "max.queued.records";
    static final String MAX_BYTES = "max.queued.bytes";
    static final String CLOSE_TIMEOUT = "close.timeout.ms";

    private static final String GROUP = "Queue";

    static void define(ConfigDef settings) {
        defineMaxInFlight(settings);
        defineMaxRecords(settings);
        defineMaxBytes(settings);
        defineCloseTimeout(settings);
    }

    static RawQueueConfig from(AbstractConfig settings) {
        return new RawQueueConfig(
                settings.getInt(MAX_IN_FLIGHT),
                settings.getInt(MAX_RECORDS),
                settings.getLong(MAX_BYTES),
                Duration.ofMillis(settings.getInt(CLOSE_TIMEOUT)));
    }

    private static void defineMaxInFlight(ConfigDef settings) {
        settings.define(
                MAX_IN_FLIGHT,
                ConfigDef.Type.INT,
                10,
                Range.between(1, 1_000),
                Importance.MEDIUM,
                "How many requests a task has under way at the same time. Fewer while the API fails.",
                GROUP,
                1,
                Width.SHORT,
                "Requests in flight");
    }

    private static void defineMaxRecords(ConfigDef settings) {
        settings.define(
                MAX_RECORDS,
                ConfigDef.Type.INT,
                10_000,
                Range.atLeast(1),
                Importance.MEDIUM,
                "How many records a task holds in memory before it stops reading, until half of them are gone. The last"
                        + " batch that was read (consumer.override.max.poll.records) may come on top.",
                GROUP,
                2,
                Width.SHORT,
                "Queued records");
    }

    private static void defineMaxBytes(ConfigDef settings) {
        settings.define(
                MAX_BYTES,
                ConfigDef.Type.LONG,
                64L * 1024 * 1024,
                Range.atLeast(1),
                Importance.MEDIUM,
                "How many bytes the records in a task's memory may take, twice their size, before it stops reading, until"
                        + " half of them are gone.",
                GROUP,
                3,
                Width.SHORT,
                "Queued bytes");
    }

    private static void defineCloseTimeout(ConfigDef settings) {
        settings.define(
                CLOSE_TIMEOUT,
                ConfigDef.Type.INT,
                5_000,
                Range.atLeast(0),
                Importance.LOW,
                "How long requests under way may take to end, in milliseconds, when their partition is taken away.",
                GROUP,
                4,
                Width.SHORT,
                "Close timeout (ms)");
    }
}
