package com.sipstack.asterisk.allinone.topics;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_MS_CONFIG;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** When a topic's setting will do as it is. */
final class SettingRule {
    /** As long as sinks try again. */
    private static final Duration RETRIES = Duration.ofDays(2);

    private static final long FOR_EVER = -1;

    private SettingRule() {}

    /** More room and more time than we ask for is the cluster's choice, and costs no call. */
    static boolean serves(String setting, String present, String wanted) {
        return switch (setting) {
            case RETENTION_MS_CONFIG -> time(present) >= time(wanted);
            case MAX_MESSAGE_BYTES_CONFIG -> Long.parseLong(present) >= Long.parseLong(wanted);
            case MAX_COMPACTION_LAG_MS_CONFIG, SEGMENT_MS_CONFIG -> Long.parseLong(present) <= Long.parseLong(wanted);
            case CLEANUP_POLICY_CONFIG -> words(present).equals(words(wanted));
            default -> present.equals(wanted);
        };
    }

    /** What the present value may cost; empty if no more than the setting's name says. */
    static String cost(String setting, String present) {
        if (setting.equals(RETENTION_MS_CONFIG) && time(present) < RETRIES.toMillis()) {
            return "error: less than the 48 hours for which what the API does not take is tried again; after "
                    + inWords(time(present)) + " of an outage calls are deleted before they were delivered";
        }
        return "";
    }

    /** A value as a person reads it. */
    static String inWords(String setting, String value) {
        return setting.equals(RETENTION_MS_CONFIG) && time(value) != Long.MAX_VALUE
                ? value + " (" + inWords(time(value)) + ")"
                : value;
    }

    private static String inWords(long millis) {
        Duration duration = Duration.ofMillis(millis);
        if (duration.toDays() > 1) {
            return duration.toDays() + " days";
        }
        return duration.toHours() > 0 ? duration.toHours() + " h" : duration.toMinutes() + " min";
    }

    private static long time(String millis) {
        long time = Long.parseLong(millis);
        return time == FOR_EVER ? Long.MAX_VALUE : time;
    }

    private static Set<String> words(String list) {
        return Set.copyOf(List.of(list.strip().split("\\s*,\\s*", -1)));
    }
}
