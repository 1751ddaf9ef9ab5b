package com.sipstack.asterisk.sink;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * The settings that say how many documents wait and go out at a time.
 *
 * @param maxInFlight requests under way in a task
 * @param maxInFlightBytes of documents under way in a task
 * @param maxDocuments documents in a task's memory from which on it reads no more
 * @param maxBytes that the documents in a task's memory take from which on it reads no more
 * @param supersedeWaiting whether a later revision takes the place of one that waits
 * @param closeTimeout how long requests may take to end when their partition is taken away
 */
record QueueConfig(
        int maxInFlight,
        long maxInFlightBytes,
        int maxDocuments,
        long maxBytes,
        boolean supersedeWaiting,
        Duration closeTimeout) {
    static final String MAX_IN_FLIGHT = "max.in.flight";
    static final String MAX_IN_FLIGHT_BYTES = "max.in.flight.bytes";
    static final String MAX_DOCUMENTS = "max.queued.documents";
    static final String MAX_BYTES = "max.queued.bytes";
    static final String SUPERSEDE = "supersede.waiting";
    static final String CLOSE_TIMEOUT = "close.timeout.ms";

    private static final int MEBIBYTE = 1024 * 1024;
    private static final String GROUP = "Queue";

    static void define(ConfigDef settings) {
        defineMaxInFlight(settings);
        defineMaxInFlightBytes(settings);
        defineMaxDocuments(settings);
        defineMaxBytes(settings);
        defineSupersede(settings);
        defineCloseTimeout(settings);
    }

    static QueueConfig from(AbstractConfig settings) {
        return new QueueConfig(
                settings.getInt(MAX_IN_FLIGHT),
                settings.getLong(MAX_IN_FLIGHT_BYTES),
                settings.getInt(MAX_DOCUMENTS),
                settings.getLong(MAX_BYTES),
                settings.getBoolean(SUPERSEDE),
                Duration.ofMillis(settings.getInt(CLOSE_TIMEOUT)));
    }

    private static void defineMaxInFlight(ConfigDef settings) {
        settings.define(
                MAX_IN_FLIGHT,
                ConfigDef.Type.INT,
                32,
                Range.between(1, 1_000),
                Importance.MEDIUM,
                "How many documents a task sends at the same time. Those of one call are sent one by one.",
                GROUP,
                1,
                Width.SHORT,
                "Requests in flight");
    }

    private static void defineMaxInFlightBytes(ConfigDef settings) {
        settings.define(
                MAX_IN_FLIGHT_BYTES,
                ConfigDef.Type.LONG,
                16L * MEBIBYTE,
                Range.atLeast(1),
                Importance.LOW,
                "How many bytes the documents that a task sends at the same time may have. A larger document goes alone.",
                GROUP,
                2,
                Width.SHORT,
                "Bytes in flight");
    }

    private static void defineMaxBytes(ConfigDef settings) {
        settings.define(
                MAX_BYTES,
                ConfigDef.Type.LONG,
                64L * MEBIBYTE,
                Range.atLeast(1),
                Importance.MEDIUM,
                "How many bytes the documents in a task's memory may take, twice their size, before it stops reading, until"
                        + " half of them are gone.",
                GROUP,
                4,
                Width.SHORT,
                "Queued bytes");
    }

    private static void defineMaxDocuments(ConfigDef settings) {
        settings.define(
                MAX_DOCUMENTS,
                ConfigDef.Type.INT,
                1_000,
                Range.atLeast(1),
                Importance.MEDIUM,
                "How many documents a task holds in memory before it stops reading, until half of them are gone. The"
                        + " last batch that was read (consumer.override.max.poll.records) may come on top.",
                GROUP,
                3,
                Width.SHORT,
                "Queued documents");
    }

    private static void defineSupersede(ConfigDef settings) {
        settings.define(
                SUPERSEDE,
                ConfigDef.Type.BOOLEAN,
                true,
                Importance.LOW,
                "Whether a document that waits is dropped for a later revision of the same call, which holds all that"
                        + " the earlier one says.",
                GROUP,
                5,
                Width.SHORT,
                "Supersede waiting revisions");
    }

    private static void defineCloseTimeout(ConfigDef settings) {
        settings.define(
                CLOSE_TIMEOUT,
                ConfigDef.Type.INT,
                3_000,
                Range.atLeast(0),
                Importance.LOW,
                "How long requests under way may take to end, in milliseconds, when their partition is taken away.",
                GROUP,
                6,
                Width.SHORT,
                "Close timeout (ms)");
    }
}
