package com.sipstack.asterisk.allinone.topics;

import com.sipstack.asterisk.allinone.topics.Finding.MissingAcl;
import com.sipstack.asterisk.allinone.topics.Finding.MissingTopic;
import com.sipstack.asterisk.allinone.topics.Finding.Obstacle;
import com.sipstack.asterisk.allinone.topics.Finding.WrongSetting;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.resource.ResourceType;

/** Kafka's own commands that put findings right, for a shell. */
final class KafkaCommands {
    private final String connection;

    /**
     * @param bootstrapServers empty if the file names them
     * @param commandConfig file with the clients' properties; empty if there is none
     */
    KafkaCommands(String bootstrapServers, String commandConfig) {
        this.connection = " --bootstrap-server " + quoted(bootstrapServers)
                + (commandConfig.isEmpty() ? "" : " --command-config " + quoted(commandConfig));
    }

    String of(Finding finding) {
        if (finding instanceof MissingTopic missing) {
            return create(missing);
        } else if (finding instanceof WrongSetting wrong) {
            // Brackets keep a list of policies one value
            return "kafka-configs.sh" + connection + " --alter --entity-type topics --entity-name "
                    + quoted(wrong.topic()) + " --add-config "
                    + quoted(wrong.setting() + "=[" + wrong.wanted() + "]");
        } else if (finding instanceof MissingAcl missing) {
            return allow(missing.acl());
        }
        Obstacle obstacle = (Obstacle) finding;
        return "# " + obstacle.subject() + " " + obstacle.message();
    }

    private String create(MissingTopic missing) {
        StringBuilder command = new StringBuilder("kafka-topics.sh" + connection + " --create --topic "
                + quoted(missing.spec().name()) + " --partitions " + missing.partitions());
        if (missing.replicationFactor() > 0) {
            command.append(" --replication-factor ").append(missing.replicationFactor());
        }
        for (Map.Entry<String, String> setting : new TreeMap<>(missing.spec().config()).entrySet()) {
            command.append(" --config ").append(quoted(setting.getKey() + "=" + setting.getValue()));
        }
        return command.toString();
    }

    private String allow(AclBinding acl) {
        return "kafka-acls.sh" + connection + " --add --allow-principal "
                + quoted(acl.entry().principal()) + " --operation "
                + words(acl.entry().operation()) + " --resource-pattern-type "
                + words(acl.pattern().patternType()) + " "
                + option(acl.pattern().resourceType()) + " "
                + quoted(acl.pattern().name());
    }

    private static String option(ResourceType type) {
        return "--" + type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As Kafka's commands read it: {@code DescribeConfigs}. */
    private static String words(Enum<?> value) {
        StringBuilder words = new StringBuilder();
        for (String word : value.name().split("_", -1)) {
            words.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return words.toString();
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9._:/,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
