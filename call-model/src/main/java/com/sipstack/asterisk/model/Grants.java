package com.sipstack.asterisk.model;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import java.util.ArrayList;
import java.util.List;

/**
 * The least that each of our principals must be allowed. What a Connect worker needs for itself, its own three topics and its group, is
 * not ours; an exactly-once worker's transactional ids are not either.
 */
public final class Grants {
    private Grants() {}

    /** Connectors that read PBXs: their worker's producer, or {@code producer.override.*}. */
    public static List<Grant> source(Topics topics) {
        return List.of(
                Grant.topic(topics.cdr(), WRITE),
                Grant.topic(topics.cel(), WRITE),
                Grant.topic(topics.recordings(), WRITE),
                Grant.topic(topics.audio(), WRITE),
                // By its own client, as kafka.* says: a file is moved once its recording was accepted
                Grant.topic(topics.receipts(), READ),
                Grant.topic(topics.gaps(), WRITE),
                Grant.topic(topics.dlq(), WRITE));
    }

    /**
     * The assembler.
     *
     * @param applicationId its group; its changelogs and transactions begin with it
     */
    public static List<Grant> assembler(Topics topics, String applicationId) {
        String own = applicationId + "-";
        return List.of(
                Grant.topic(topics.cdr(), READ),
                Grant.topic(topics.cel(), READ),
                Grant.topic(topics.recordings(), READ),
                Grant.topic(topics.recordingsReady(), WRITE),
                Grant.topic(topics.receipts(), READ),
                Grant.topic(topics.settings(), READ),
                // Its documents are read back when a row comes days late
                Grant.topic(topics.calls(), READ, WRITE, DESCRIBE_CONFIGS),
                Grant.topic(topics.raw(), WRITE),
                Grant.topic(topics.audio(), DESCRIBE),
                Grant.topic(topics.gaps(), DESCRIBE),
                Grant.topic(topics.dlq(), WRITE, DESCRIBE_CONFIGS),
                Grant.topics(own, CREATE, READ, WRITE),
                Grant.group(applicationId, READ),
                Grant.transactions(own, WRITE));
    }

    /**
     * Connectors that ship: their worker's clients, or {@code consumer.override.*} and {@code admin.override.*}.
     *
     * @param connectors their names, after which Connect names their groups
     */
    public static List<Grant> sinks(Topics topics, List<String> connectors) {
        List<Grant> grants = new ArrayList<>(List.of(
                Grant.topic(topics.calls(), READ),
                Grant.topic(topics.raw(), READ),
                Grant.topic(topics.recordingsReady(), READ),
                // By the recording sink's own clients, as kafka.* says
                Grant.topic(topics.audio(), READ),
                Grant.topic(topics.receipts(), READ, WRITE),
                Grant.topic(topics.dlq(), WRITE)));
        connectors.forEach(connector -> grants.add(Grant.group("connect-" + connector, READ)));
        return List.copyOf(grants);
    }

    /** The console, beside what its assembler may: it shows what others write. */
    public static List<Grant> console(Topics topics) {
        return List.of(Grant.topic(topics.gaps(), READ), Grant.topic(topics.dlq(), READ));
    }

    /** {@code sipstack dlq}: letters go back to the topics that they came from, and records of letters are erased. */
    public static List<Grant> tools(Topics topics) {
        return List.of(
                Grant.topic(topics.cdr(), WRITE),
                Grant.topic(topics.cel(), WRITE),
                Grant.topic(topics.calls(), READ, WRITE),
                Grant.topic(topics.raw(), WRITE),
                Grant.topic(topics.recordings(), WRITE),
                Grant.topic(topics.recordingsReady(), WRITE),
                Grant.topic(topics.dlq(), READ, WRITE, DELETE),
                Grant.transactions("sipstack-dlq-", WRITE));
    }

    /** {@code sipstack forget}: looks for calls in all topics, orders them to be forgotten, and deletes topics' beginnings. */
    public static List<Grant> forget(Topics topics) {
        List<Grant> grants = new ArrayList<>(List.of(
                Grant.topic(topics.cel(), READ, WRITE, DELETE, DESCRIBE_CONFIGS),
                Grant.topic(topics.calls(), READ, DESCRIBE_CONFIGS),
                Grant.topic(topics.receipts(), READ, DESCRIBE_CONFIGS),
                Grant.topic(topics.dlq(), READ, DESCRIBE_CONFIGS),
                Grant.topic(topics.audio(), DELETE, DESCRIBE_CONFIGS),
                // Whoever reads: nothing is deleted that one of them has not read
                Grant.group("*", DESCRIBE)));
        for (String topic : List.of(topics.cdr(), topics.recordings(), topics.recordingsReady(), topics.raw())) {
            grants.add(Grant.topic(topic, READ, DELETE, DESCRIBE_CONFIGS));
        }
        return List.copyOf(grants);
    }
}
