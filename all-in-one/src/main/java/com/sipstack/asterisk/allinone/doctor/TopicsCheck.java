package com.sipstack.asterisk.allinone.doctor;

import com.sipstack.asterisk.model.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Holds the topics against what they should be like. */
final class TopicsCheck {
    /** So long the sinks try to deliver, and what they read must still be there. */
    private static final Duration RETRIES = Duration.ofDays(2);

    private final Admin admin;
    private final Topics topics;

    TopicsCheck(Admin admin, Topics topics) {
        this.admin = admin;
        this.topics = topics;
    }

    /** @return whether any of them is there */
    boolean run(Findings out) throws InterruptedException, ExecutionException {
        Set<String> existing = admin.listTopics().names().get();
        List<Topics.Spec> there = new ArrayList<>(topics.specs());
        there.removeIf(spec -> !existing.contains(spec.name()));
        tellMissing(existing, out);
        if (!there.isEmpty()) {
            tellPartitions(existing, out);
            List<String> names = there.stream().map(Topics.Spec::name).toList();
            new ReplicasCheck(admin.describeTopics(names).allTopicNames().get().values()).tell(out);
            tellSettings(there, out);
        }
        return !there.isEmpty();
    }

    private void tellMissing(Set<String> existing, Findings out) {
        List<String> missing = topics.specs().stream()
                .map(Topics.Spec::name)
                .filter(name -> !existing.contains(name))
                .toList();
        if (missing.isEmpty()) {
            out.ok("all topics are there");
        } else {
            out.error(
                    "topics are missing: " + String.join(", ", missing),
                    "The assembler creates them with topics.create=true. With another prefix than " + topics.prefix()
                            + ", give --topic-prefix. Where a broker has ACLs, topics that the principal may not describe seem missing.");
        }
    }

    private void tellPartitions(Set<String> existing, Findings out) throws InterruptedException, ExecutionException {
        List<String> rows = new ArrayList<>(List.of(topics.cdr(), topics.cel(), topics.recordings()));
        rows.retainAll(existing);
        Map<String, Integer> partitions = new TreeMap<>();
        admin.describeTopics(rows)
                .allTopicNames()
                .get()
                .forEach(
                        (name, topic) -> partitions.put(name, topic.partitions().size()));
        if (Set.copyOf(partitions.values()).size() > 1) {
            out.error(
                    "topics of rows have not equally many partitions: " + partitions,
                    "The rows of one PBX have to meet in one partition: the assembler does not start. Create them anew with one number,"
                            + " or use another prefix.");
        } else {
            out.ok("topics of rows have equally many partitions: "
                    + partitions.values().stream().findFirst().orElse(0));
        }
    }

    private void tellSettings(List<Topics.Spec> there, Findings out) throws InterruptedException, ExecutionException {
        Map<ConfigResource, Config> found = admin.describeConfigs(
                        there.stream().map(TopicsCheck::resource).toList())
                .all()
                .get();
        int before = out.all().size();
        there.forEach(spec -> tellSettings(spec, found.get(resource(spec)), out));
        if (out.all().size() == before) {
            out.ok("topics keep records for longer than sinks try to deliver them (48 hours)");
        }
    }

    private static ConfigResource resource(Topics.Spec spec) {
        return new ConfigResource(ConfigResource.Type.TOPIC, spec.name());
    }

    private static void tellSettings(Topics.Spec spec, Config config, Findings out) {
        if (value(config, TopicConfig.CLEANUP_POLICY_CONFIG).contains("delete")) {
            tellRetention(spec, config, out);
        }
        tellDifference(spec, TopicConfig.CLEANUP_POLICY_CONFIG, config, out);
        tellDifference(spec, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, config, out);
        tellLargest(spec, value(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG), out);
    }

    private static void tellRetention(Topics.Spec spec, Config config, Findings out) {
        long retention = Long.parseLong(value(config, TopicConfig.RETENTION_MS_CONFIG));
        if (retention >= 0 && retention < RETRIES.toMillis()) {
            out.warning(
                    spec.name() + " keeps records for " + Ages.of(Duration.ofMillis(retention)),
                    "What SIPSTACK does not take in an outage is tried for 48 hours, and lost if it is deleted before.\n"
                            + alter(spec, TopicConfig.RETENTION_MS_CONFIG));
        }
        String bytes = value(config, TopicConfig.RETENTION_BYTES_CONFIG);
        if (!bytes.equals("-1")) {
            out.note(
                    spec.name() + " keeps " + bytes + " bytes in a partition",
                    "Whether that lasts for 48 hours depends on how many calls there are.");
        }
    }

    private static void tellDifference(Topics.Spec spec, String setting, Config config, Findings out) {
        String found = value(config, setting);
        String wanted = spec.config().get(setting);
        if (wanted != null && !words(wanted).equals(words(found))) {
            out.warning(
                    spec.name() + " has " + setting + "=" + found + ", where it should be " + wanted,
                    alter(spec, setting));
        }
    }

    private static Set<String> words(String list) {
        return Set.copyOf(List.of(list.split(",", -1)));
    }

    private static void tellLargest(Topics.Spec spec, String found, Findings out) {
        String wanted = spec.config().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
        if (wanted != null && Long.parseLong(found) < Long.parseLong(wanted)) {
            out.note(
                    spec.name() + " takes records of " + found + " bytes at most",
                    "Documents of calls that go on for hours are trimmed to fit.\n"
                            + alter(spec, TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
        }
    }

    private static String alter(Topics.Spec spec, String setting) {
        return "kafka-configs.sh --bootstrap-server … --alter --topic " + spec.name() + " --add-config " + setting
                + "=[" + spec.config().getOrDefault(setting, "") + "]";
    }

    private static String value(Config config, String setting) {
        return config.get(setting).value();
    }
}
