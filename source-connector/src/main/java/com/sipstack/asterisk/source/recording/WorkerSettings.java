package com.sipstack.asterisk.source.recording;

import com.sipstack.asterisk.source.fleet.SettingRule;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Settings that belong to no PBX: of the workers and of the Kafka client that reads receipts. */
final class WorkerSettings {
    static final String STATE_DIRECTORY = "state.directory";
    static final String AUDIO_MEMORY = "audio.memory.bytes";
    /** What the names of the client's settings begin with. */
    static final String KAFKA_PREFIX = "kafka.";

    static final String BOOTSTRAP = KAFKA_PREFIX + ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG;

    private static final String STATE = "State";
    private static final String MEMORY = "Audio";
    private static final String KAFKA = "Kafka client";

    private WorkerSettings() {}

    static void define(ConfigDef definition) {
        definition
                .define(
                        STATE_DIRECTORY,
                        ConfigDef.Type.STRING,
                        "",
                        SettingRule.text("empty or an absolute path", WorkerSettings::requirePath),
                        Importance.HIGH,
                        "Folder of a worker's own, in which it remembers what was done with which file. It must outlive the worker: if it"
                                + " is lost, the receipts tell what was accepted, and only files on their way may be sent twice.",
                        STATE,
                        0,
                        Width.LONG,
                        STATE_DIRECTORY)
                .define(
                        AUDIO_MEMORY,
                        ConfigDef.Type.INT,
                        16 * 1024 * 1024,
                        SettingRule.number(1024, Integer.MAX_VALUE),
                        Importance.LOW,
                        "How many bytes of audio a task has in its memory at most until Kafka acknowledges them, whatever the files' size."
                                + " The worker's producer has as much again, up to its buffer.memory.",
                        MEMORY,
                        1,
                        Width.MEDIUM,
                        AUDIO_MEMORY)
                .define(
                        BOOTSTRAP,
                        ConfigDef.Type.LIST,
                        "",
                        Importance.HIGH,
                        "Brokers from which the receipts are read. Any other setting of a Kafka consumer may follow under its own name"
                                + " with " + KAFKA_PREFIX + " before it: " + KAFKA_PREFIX + "security.protocol, "
                                + KAFKA_PREFIX
                                + "sasl.jaas.config and the like.",
                        KAFKA,
                        0,
                        Width.LONG,
                        BOOTSTRAP);
    }

    /** The client's settings that a configuration has, each as the client itself defines it. */
    static void defineClient(ConfigDef definition, Map<String, String> config) {
        Map<String, ConfigKey> known = ConsumerConfig.configDef().configKeys();
        config.keySet().stream()
                .filter(key -> key.startsWith(KAFKA_PREFIX) && !key.equals(BOOTSTRAP))
                .sorted()
                .forEach(key -> defineClient(definition, key, known.get(key.substring(KAFKA_PREFIX.length()))));
    }

    /** @param known null of a setting that only a class of somebody else's knows: then it may be a secret */
    private static void defineClient(ConfigDef definition, String name, ConfigKey known) {
        definition.define(
                name,
                known == null ? ConfigDef.Type.PASSWORD : known.type,
                null,
                known == null || known.validator == null ? null : new Optional(known.validator),
                Importance.LOW,
                known == null ? "A setting of the Kafka client's." : known.documentation,
                KAFKA,
                1,
                Width.MEDIUM,
                name);
    }

    /** Lets null pass, as a default. */
    private record Optional(ConfigDef.Validator rule) implements ConfigDef.Validator {
        @Override
        public void ensureValid(String name, Object value) {
            if (value != null) {
                rule.ensureValid(name, value);
            }
        }

        @Override
        public String toString() {
            return rule.toString();
        }
    }

    private static void requirePath(String text) {
        if (!text.isEmpty() && !Path.of(text).isAbsolute()) {
            throw new IllegalArgumentException("'" + text + "' is no absolute path");
        }
    }
}
