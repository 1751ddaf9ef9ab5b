package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.model.Topics;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * The settings of the Kafka clients that a task opens itself.
 *
 * @param client as Kafka's clients take them; they may hold secrets
 * @param receipts the topic that says what became of recordings
 */
record KafkaConfig(Map<String, Object> client, String receipts) {
    static final String PREFIX = "kafka.";
    static final String SERVERS = PREFIX + "bootstrap.servers";
    static final String RECEIPTS = "receipts.topic";

    private static final String GROUP = "Kafka";

    static void define(ConfigDef settings) {
        settings.define(
                SERVERS,
                ConfigDef.Type.STRING,
                ConfigDef.NO_DEFAULT_VALUE,
                new NonEmptyString(),
                Importance.HIGH,
                "Kafka's brokers, for what the task reads and writes beside Connect: receipts, and audio that travels"
                        + " through Kafka. Every other setting of Kafka's clients may follow in the same way, such as"
                        + " kafka.security.protocol.",
                GROUP,
                1,
                Width.LONG,
                "Kafka's servers");
        defineSecret(settings, "sasl.jaas.config", 2);
        defineSecret(settings, "ssl.keystore.key", 3);
        defineSecret(settings, "ssl.keystore.password", 4);
        defineSecret(settings, "ssl.key.password", 5);
        defineSecret(settings, "ssl.truststore.password", 6);
        settings.define(
                RECEIPTS,
                ConfigDef.Type.STRING,
                new Topics(Topics.DEFAULT_PREFIX).receipts(),
                new NonEmptyString(),
                Importance.MEDIUM,
                "The topic that tells what became of each recording, so that the PBX's file may be moved or deleted.",
                GROUP,
                7,
                Width.MEDIUM,
                "Receipts");
    }

    private static void defineSecret(ConfigDef settings, String name, int order) {
        settings.define(
                PREFIX + name,
                ConfigDef.Type.PASSWORD,
                null,
                Importance.LOW,
                "As Kafka's clients have it. It appears in no log.",
                GROUP,
                order,
                Width.LONG,
                name);
    }

    static KafkaConfig from(AbstractConfig settings) {
        return new KafkaConfig(Map.copyOf(settings.originalsWithPrefix(PREFIX)), settings.getString(RECEIPTS));
    }

    /** Those of the user under ours, which make the client what it is for. */
    Map<String, Object> with(Map<String, Object> ours) {
        Map<String, Object> all = new HashMap<>(client);
        all.putAll(ours);
        return all;
    }

    /** Secrets are not told. */
    @Override
    public String toString() {
        return "KafkaConfig[" + client.get("bootstrap.servers") + ", " + receipts + "]";
    }
}
