package com.sipstack.asterisk.allinone.forget;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_MS_CONFIG;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;

/** How long topics keep what is in them, by their settings. */
final class Lifetimes {
    /** Between a broker's looks at what is too old, and until a file that it has given up is gone. */
    private static final Duration BROKERS_PACE = Duration.ofMinutes(10);

    private final Map<String, Config> configs = new HashMap<>();

    Lifetimes(Admin admin, Set<String> topics) throws InterruptedException, ExecutionException {
        var resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        admin.describeConfigs(resources).all().get().forEach((topic, config) -> configs.put(topic.name(), config));
    }

    /** When a record is gone by itself, at the latest; empty if the topic keeps it for ever. */
    Optional<Instant> end(String topic, long writtenAt) {
        long retention = number(topic, RETENTION_MS_CONFIG);
        boolean isDeleted = text(topic, CLEANUP_POLICY_CONFIG).contains("delete") && retention >= 0;
        return isDeleted
                ? Optional.of(Instant.ofEpochMilli(writtenAt)
                        .plusMillis(retention)
                        .plusMillis(segment(topic))
                        .plus(BROKERS_PACE))
                : Optional.empty();
    }

    /** Nothing is deleted of a segment that is still written to, and it may be as old as this. */
    private long segment(String topic) {
        return number(topic, SEGMENT_MS_CONFIG);
    }

    /** How long after a tombstone what it stands for is gone; empty if the topic does not say. */
    Optional<Duration> compaction(String topic) {
        long lag = number(topic, MAX_COMPACTION_LAG_MS_CONFIG);
        return lag == Long.MAX_VALUE
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(lag).plus(BROKERS_PACE));
    }

    private long number(String topic, String setting) {
        return Long.parseLong(text(topic, setting));
    }

    private String text(String topic, String setting) {
        return configs.get(topic).get(setting).value();
    }
}
