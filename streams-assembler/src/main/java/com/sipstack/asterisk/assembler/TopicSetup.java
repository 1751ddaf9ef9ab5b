package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.Topics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that the topics are there and fit together. */
final class TopicSetup {
    private static final Logger log = LoggerFactory.getLogger(TopicSetup.class);

    private static final int LOOKS = 100;
    private static final int LOOK_INTERVAL_MS = 100;

    private final Admin admin;
    private final Topics topics;

    TopicSetup(Admin admin, Topics topics) {
        this.admin = admin;
        this.topics = topics;
    }

    /** Creates the topics that are missing, and waits until they can be seen; those that exist are left as they are. */
    void create(int partitions, short replicationFactor) throws InterruptedException, ExecutionException {
        Set<String> existing = admin.listTopics().names().get();
        List<NewTopic> missing = topics.specs().stream()
                .filter(spec -> !existing.contains(spec.name()))
                .map(spec -> new NewTopic(spec.name(), partitions, replicationFactor).configs(spec.config()))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        try {
            admin.createTopics(missing).all().get();
            log.info(
                    "Created the topics {}",
                    missing.stream().map(NewTopic::name).toList());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
            log.info("Another instance created the topics at the same time");
        }
        awaitVisible();
    }

    /** A broker answers before it has heard of all that its controller created. */
    private void awaitVisible() throws InterruptedException, ExecutionException {
        for (int look = 0; look < LOOKS && !missing().isEmpty(); look++) {
            TimeUnit.MILLISECONDS.sleep(LOOK_INTERVAL_MS);
        }
    }

    private List<String> missing() throws InterruptedException, ExecutionException {
        Set<String> existing = admin.listTopics().names().get();
        return topics.specs().stream()
                .map(Topics.Spec::name)
                .filter(name -> !existing.contains(name))
                .toList();
    }

    /**
     * Checks that every topic exists and that those which are read together have equally many partitions.
     *
     * @throws IllegalStateException if not; says which and what to do
     */
    TopicFacts check() throws InterruptedException, ExecutionException {
        List<String> missing = missing();
        if (!missing.isEmpty()) {
            throw new IllegalStateException("topics are missing: " + String.join(", ", missing)
                    + ". Create them, or set " + AssemblerConfig.TOPICS_CREATE + "=true.");
        }
        return new TopicFacts(partitions(), largestRecord(topics.calls()), largestRecord(topics.dlq()));
    }

    private int partitions() throws InterruptedException, ExecutionException {
        Map<String, Integer> partitions = new TreeMap<>();
        admin.describeTopics(List.of(topics.cdr(), topics.cel(), topics.recordings(), topics.receipts()))
                .allTopicNames()
                .get()
                .forEach(
                        (name, topic) -> partitions.put(name, topic.partitions().size()));
        if (Set.copyOf(partitions.values()).size() > 1) {
            throw new IllegalStateException("topics of rows must have equally many partitions, but have " + partitions
                    + ". All rows of one PBX have to meet in one partition: create them anew with one number, or read with another "
                    + AssemblerConfig.TOPIC_PREFIX + ".");
        }
        return partitions.get(topics.cdr());
    }

    private int largestRecord(String topic) throws InterruptedException, ExecutionException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config =
                admin.describeConfigs(List.of(resource)).values().get(resource).get();
        return Integer.parseInt(config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
    }
}
