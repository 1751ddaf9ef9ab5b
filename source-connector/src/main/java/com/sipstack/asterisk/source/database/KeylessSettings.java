package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.source.fleet.Setting;
import com.sipstack.asterisk.source.fleet.SettingRule;
import java.time.Duration;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** How tables without an integer id are read, such as FreePBX's cdr: by the time at which a leg began, again and again. */
final class KeylessSettings {
    private static final String KEYLESS = "Tables without id";
    private static final long ONE_WEEK = Duration.ofDays(7).toMillis();

    static final Setting LONGEST_CALL = millis(
            "keyless.longest.call.ms",
            Duration.ofHours(6),
            Duration.ofMinutes(1),
            "The longest time in milliseconds from the start of a leg to its end. A CDR is written at its leg's end but has"
                    + " the time of its start, so tables are read again as far back. A call that lasts longer than this may be"
                    + " missed. A table is read again once, without harm, after this is changed.");
    static final Setting BATCH_DELAY = millis(
            "keyless.batch.delay.ms",
            Duration.ofMinutes(10),
            Duration.ZERO,
            "How many milliseconds after its end a row may be written at most: cdr.conf's batch time and some patience. A"
                    + " table is read again once, without harm, after this is changed.");
    static final Setting NARROW_WINDOW = millis(
            "keyless.narrow.window.ms",
            Duration.ofMinutes(15),
            Duration.ofSeconds(1),
            "How many milliseconds of a table, back from its newest row, are read at each poll. Rows of legs that lasted longer"
                    + " come with the next wide pass.");
    static final Setting WIDE_INTERVAL = millis(
            "keyless.wide.interval.ms",
            Duration.ofMinutes(1),
            Duration.ofSeconds(1),
            "After how many milliseconds a table is read again as far back as new rows may come: the longest call, the batch"
                    + " delay, and an hour by which clocks go back in autumn.");

    private KeylessSettings() {}

    private static Setting millis(String key, Duration defaultValue, Duration least, String doc) {
        return new Setting(
                key,
                ConfigDef.Type.LONG,
                defaultValue.toMillis(),
                Importance.LOW,
                KEYLESS,
                SettingRule.number(least.toMillis(), ONE_WEEK),
                null,
                doc);
    }
}
