package com.sipstack.asterisk.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The names of our topics and what each of them must be like.
 *
 * @param prefix what every name begins with, {@code asterisk} by default
 */
public record Topics(String prefix) {
    public static final String DEFAULT_PREFIX = "asterisk";

    /** Covers the sink's retry limit of 48 hours, with a day to notice. */
    private static final Duration RETENTION = Duration.ofDays(3);

    /** After that what a newer record with its key has replaced, or a tombstone, is gone from a compacted topic. */
    public static final Duration COMPACTED_WITHIN = Duration.ofDays(1);

    private static final Duration SEGMENT = Duration.ofDays(1);

    private static final Duration HISTORY = Duration.ofDays(7);
    /** As long as the assembler adds late rows to them. */
    private static final Duration DOCUMENTS = HISTORY.plusDays(1);

    /** Bytes; so large may dead letters be, too. Clients that write either need to be told, since theirs is 1 MiB. */
    public static final int LARGEST_DOCUMENT = 8 * 1024 * 1024;

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    public Topics {
        requireNonNull(prefix, "prefix is null");
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "topic prefix '" + prefix + "' must be 1 to 100 letters, digits, dots, underscores or hyphens");
        }
    }

    /**
     * A topic as it should be created.
     *
     * @param config the topic's own settings, by Kafka's names
     */
    public record Spec(String name, Map<String, String> config) {}

    public String cdr() {
        return prefix + ".cdr";
    }

    public String cel() {
        return prefix + ".cel";
    }

    /** Recordings as they were found on PBXs. */
    public String recordings() {
        return prefix + ".recordings";
    }

    /** Their audio in chunks, where workers that upload do not see the PBX's files. */
    public String audio() {
        return prefix + ".recordings.audio";
    }

    /** Recordings that may leave, with what their calls tell. */
    public String recordingsReady() {
        return prefix + ".recordings.ready";
    }

    /** What became of recordings, for the source that keeps their files, and for the call's document. */
    public String receipts() {
        return prefix + ".recordings.acks";
    }

    public String calls() {
        return prefix + ".calls";
    }

    /** CDRs and CEL events as the API takes them, one by one. */
    public String raw() {
        return prefix + ".raw";
    }

    /** Stretches of a PBX's time that a source did not read, and why. */
    public String gaps() {
        return prefix + ".gaps";
    }

    /** Settings of single PBXs, by the PBX's name. */
    public String settings() {
        return prefix + ".settings";
    }

    public String dlq() {
        return prefix + ".dlq";
    }

    /** The topics in use, all of which have the same number of partitions. */
    public List<Spec> specs() {
        return List.of(
                new Spec(cdr(), rows()),
                new Spec(cel(), rows()),
                new Spec(recordings(), rows()),
                new Spec(audio(), deletedAfter(RETENTION)),
                new Spec(recordingsReady(), deletedAfter(RETENTION)),
                new Spec(receipts(), deletedAfter(HISTORY)),
                new Spec(
                        calls(),
                        Map.of(
                                "cleanup.policy", "compact,delete",
                                "retention.ms", Long.toString(DOCUMENTS.toMillis()),
                                "max.compaction.lag.ms", Long.toString(COMPACTED_WITHIN.toMillis()),
                                "max.message.bytes", Integer.toString(LARGEST_DOCUMENT))),
                new Spec(raw(), deletedAfter(RETENTION)),
                new Spec(gaps(), deletedAfter(HISTORY)),
                new Spec(settings(), Map.of("cleanup.policy", "compact")),
                new Spec(dlq(), letters()));
    }

    /** A letter has room for what could not be handled, as large as it may be. */
    private static Map<String, String> letters() {
        Map<String, String> config = new HashMap<>(deletedAfter(HISTORY));
        config.put("max.message.bytes", Integer.toString(LARGEST_DOCUMENT));
        return Map.copyOf(config);
    }

    /** The broker's clock stamps rows: the assembler measures quiet by it, and the workers' clocks may be wrong. */
    private static Map<String, String> rows() {
        Map<String, String> config = new HashMap<>(deletedAfter(RETENTION));
        config.put("message.timestamp.type", "LogAppendTime");
        return Map.copyOf(config);
    }

    /** A topic with little in it keeps its records until its segment is full or that old, and the retention counts from then. */
    private static Map<String, String> deletedAfter(Duration retention) {
        return Map.of(
                "cleanup.policy", "delete",
                "retention.ms", Long.toString(retention.toMillis()),
                "segment.ms", Long.toString(SEGMENT.toMillis()));
    }
}
