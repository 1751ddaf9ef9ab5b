package com.sipstack.asterisk.sink;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * The settings that say how many recordings wait and go out at a time.
 *
 * @param maxInFlight uploads under way in a task
 * @param slowest bytes in a second below which an upload is taken to have failed
 * @param maxRecordings recordings in a task's memory, without their audio, from which on it reads no more
 * @param closeTimeout how long uploads may take to end when their partition is taken away
 */
record RecordingQueueConfig(int maxInFlight, long slowest, int maxRecordings, Duration closeTimeout) {
    static final String MAX_IN_FLIGHT = "max.in.flight";
    static final String SLOWEST = "upload.min.bytes.per.second";
    static final String MAX_RECORDINGS = "max.queued.recordings";
    static final String CLOSE_TIMEOUT = "close.timeout.ms";

    private static final String GROUP = "Queue";

    static void define(ConfigDef settings) {
        defineMaxInFlight(settings);
        defineSlowest(settings);
        defineMaxRecordings(settings);
        defineCloseTimeout(settings);
    }

    static RecordingQueueConfig from(AbstractConfig settings) {
        return new RecordingQueueConfig(
                settings.getInt(MAX_IN_FLIGHT),
                settings.getLong(SLOWEST),
                settings.getInt(MAX_RECORDINGS),
                Duration.ofMillis(settings.getInt(CLOSE_TIMEOUT)));
    }

    /** How much longer than a request without audio it may take. */
    Duration allowance(long bytes) {
        return Duration.ofSeconds(bytes / slowest);
    }

    private static void defineMaxInFlight(ConfigDef settings) {
        settings.define(
                MAX_IN_FLIGHT,
                ConfigDef.Type.INT,
                10,
                Range.between(1, 1_000),
                Importance.MEDIUM,
                "How many recordings a task uploads at the same time. Fewer while the API fails.",
                GROUP,
                1,
                Width.SHORT,
                "Uploads in flight");
    }

    private static void defineSlowest(ConfigDef settings) {
        settings.define(
                SLOWEST,
                ConfigDef.Type.LONG,
                16_384L,
                Range.atLeast(1),
                Importance.LOW,
                "An upload may take api.timeout.ms, and a second more for each so many bytes of audio. One in which nothing"
                        + " moves for api.timeout.ms has failed at once.",
                GROUP,
                2,
                Width.SHORT,
                "Slowest upload (bytes/s)");
    }

    private static void defineMaxRecordings(ConfigDef settings) {
        settings.define(
                MAX_RECORDINGS,
                ConfigDef.Type.INT,
                500,
                Range.atLeast(1),
                Importance.MEDIUM,
                "How many recordings a task knows of before it stops reading, until half of them are gone. Their audio is"
                        + " not in memory. The last batch that was read (consumer.override.max.poll.records) may come on"
                        + " top. Files that are missing are waited for until retry.timeout.ms; those that have been missing"
                        + " for an hour while such files take up more than half of this go to the dead-letter topic, so"
                        + " that others get through.",
                GROUP,
                3,
                Width.SHORT,
                "Queued recordings");
    }

    private static void defineCloseTimeout(ConfigDef settings) {
        settings.define(
                CLOSE_TIMEOUT,
                ConfigDef.Type.INT,
                5_000,
                Range.atLeast(0),
                Importance.LOW,
                "How long uploads under way may take to end, in milliseconds, when their partition is taken away.",
                GROUP,
                4,
                Width.SHORT,
                "Close timeout (ms)");
    }
}
