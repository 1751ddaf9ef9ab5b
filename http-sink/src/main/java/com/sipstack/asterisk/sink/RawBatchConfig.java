package com.sipstack.asterisk.sink;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * The settings that say when a batch of raw records is sent.
 *
 * @param size the most records in a request; 1 in direct mode
 * @param bytes the most bytes of records in a request, but for a single record that is larger
 * @param timeout the longest that a record waits for others
 * @param forceTimeout how long after the last record a batch waits for another
 */
record RawBatchConfig(int size, int bytes, Duration timeout, Duration forceTimeout) {
    static final String MODE = "raw.mode";
    static final String SIZE = "batch.size";
    static final String BYTES = "batch.bytes";
    static final String TIMEOUT = "batch.timeout.ms";
    static final String FORCE_TIMEOUT = "batch.force.timeout.ms";

    private static final String GROUP = "Batch";
    private static final int LEAST_BYTES = 1_024;

    static void define(ConfigDef settings) {
        defineMode(settings);
        defineSize(settings);
        defineBytes(settings);
        defineTimeout(settings);
        defineForceTimeout(settings);
    }

    static RawBatchConfig from(AbstractConfig settings) {
        boolean direct = RawMode.of(settings.getString(MODE)) == RawMode.DIRECT;
        return new RawBatchConfig(
                direct ? 1 : settings.getInt(SIZE),
                settings.getInt(BYTES),
                Duration.ofMillis(settings.getInt(TIMEOUT)),
                Duration.ofMillis(settings.getInt(FORCE_TIMEOUT)));
    }

    private static void defineMode(ConfigDef settings) {
        settings.define(
                MODE,
                ConfigDef.Type.STRING,
                RawMode.BATCH.label(),
                RawMode.validator(),
                Importance.MEDIUM,
                "Whether the records of a PBX go out many in a request (batch) or each at once (direct).",
                GROUP,
                1,
                Width.SHORT,
                "Raw mode",
                RawMode.recommender());
    }

    private static void defineSize(ConfigDef settings) {
        settings.define(
                SIZE,
                ConfigDef.Type.INT,
                200,
                Range.between(1, 10_000),
                Importance.MEDIUM,
                "The most CDRs and CEL events in a request. A batch that is full goes out at once.",
                GROUP,
                2,
                Width.SHORT,
                "Batch size");
    }

    private static void defineBytes(ConfigDef settings) {
        settings.define(
                BYTES,
                ConfigDef.Type.INT,
                1_048_576,
                Range.atLeast(LEAST_BYTES),
                Importance.LOW,
                "The most bytes of records in a request, before compression. A record that is larger goes out alone.",
                GROUP,
                3,
                Width.MEDIUM,
                "Batch bytes");
    }

    private static void defineTimeout(ConfigDef settings) {
        settings.define(
                TIMEOUT,
                ConfigDef.Type.INT,
                30_000,
                Range.atLeast(0),
                Importance.MEDIUM,
                "How long a record waits at most, in milliseconds, until a batch that is not full goes out.",
                GROUP,
                4,
                Width.SHORT,
                "Batch timeout (ms)");
    }

    private static void defineForceTimeout(ConfigDef settings) {
        settings.define(
                FORCE_TIMEOUT,
                ConfigDef.Type.INT,
                5_000,
                Range.atLeast(0),
                Importance.LOW,
                "How long a batch that is not full waits, in milliseconds, after the last record that joined it. A PBX"
                        + " that falls quiet does not hold its last records back for the whole of " + TIMEOUT + ".",
                GROUP,
                5,
                Width.SHORT,
                "Batch force timeout (ms)");
    }
}
