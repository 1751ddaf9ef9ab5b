package com.sipstack.asterisk.sink;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * The settings that say when a document is to blame for what the API answers as if it were at fault itself.
 *
 * @param attempts that failed while others passed
 * @param duration from the first of them to the last, at least
 * @param passShare how many of the others must pass, from 0 to 1
 */
record BadRecordConfig(int attempts, Duration duration, double passShare) {
    static final String ATTEMPTS = "bad.record.attempts";
    static final String DURATION = "bad.record.duration.ms";
    static final String PASS_SHARE = "bad.record.pass.share";

    private static final String GROUP = "Retry";

    static void define(ConfigDef settings) {
        settings.define(
                ATTEMPTS,
                ConfigDef.Type.INT,
                10,
                Range.atLeast(1),
                Importance.LOW,
                "How many attempts to deliver a document must fail, while others pass, before it goes to the dead-letter"
                        + " topic and holds up its call no longer. While the API is down no document is to blame.",
                GROUP,
                4,
                Width.SHORT,
                "Bad record: attempts");
        settings.define(
                DURATION,
                ConfigDef.Type.LONG,
                Duration.ofMinutes(10).toMillis(),
                Range.atLeast(0),
                Importance.LOW,
                "For how long, in milliseconds, these attempts must have failed.",
                GROUP,
                5,
                Width.SHORT,
                "Bad record: duration (ms)");
        settings.define(
                PASS_SHARE,
                ConfigDef.Type.DOUBLE,
                0.95,
                Range.between(0.5, 1),
                Importance.LOW,
                "The share of other documents that must pass between these attempts.",
                GROUP,
                6,
                Width.SHORT,
                "Bad record: share of others that pass");
    }

    static BadRecordConfig from(AbstractConfig settings) {
        return new BadRecordConfig(
                settings.getInt(ATTEMPTS),
                Duration.ofMillis(settings.getLong(DURATION)),
                settings.getDouble(PASS_SHARE));
    }
}
