package com.sipstack.asterisk.assembler.dlq;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The highest revisions of selected calls. Only their keys are held, and only that part of a partition is read that lies behind the
 * first of their letters: a call's revisions rise, so those before it are lower. Reads what is not committed yet, too: a revision that
 * is taken back will be written again. For one thread.
 */
final class Revisions {
    private static final JsonFactory JSON = new JsonFactory();

    private final TopicScan scan;
    private final Map<Call, Long> highest = new HashMap<>();
    private final Map<TopicPartition, Long> unread = new HashMap<>();

    private record Call(String topic, String key) {}

    Revisions(TopicScan scan) {
        this.scan = scan;
    }

    /** Takes a letter that is to be replayed into account. */
    void watch(StoredLetter letter) {
        of(letter.value()).ifPresent(revision -> {
            highest.merge(new Call(letter.envelope().topic(), letter.keyText()), revision, Math::max);
            unread.merge(partition(letter), letter.envelope().offset(), Math::min);
        });
    }

    /** Reads on to where the partitions end now. */
    void readOn() {
        Map<TopicPartition, Long> from = new HashMap<>(unread);
        from.keySet().retainAll(existing());
        scan.beginnings(List.copyOf(from.keySet()))
                .forEach((partition, first) -> from.merge(partition, first, Math::max));
        Map<TopicPartition, Long> to = scan.ends(List.copyOf(from.keySet()));
        scan.read(from, to, this::note);
        unread.putAll(to);
    }

    /** True if there is a later revision of the letter's call. */
    boolean supersede(StoredLetter letter) {
        OptionalLong revision = of(letter.value());
        return revision.isPresent()
                && revision.getAsLong()
                        < highest.getOrDefault(
                                new Call(letter.envelope().topic(), letter.keyText()), revision.getAsLong());
    }

    /** The revision of a call document; empty for anything else. */
    static OptionalLong of(byte[] value) {
        try (JsonParser parser = JSON.createParser(value)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return OptionalLong.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isRevision = parser.currentName().equals("revision");
                if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT && isRevision) {
                    return OptionalLong.of(parser.getLongValue());
                }
                parser.skipChildren();
            }
            return OptionalLong.empty();
        } catch (IOException notJson) {
            return OptionalLong.empty();
        }
    }

    static TopicPartition partition(StoredLetter letter) {
        return new TopicPartition(letter.envelope().topic(), letter.envelope().partition());
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null || record.value() == null) {
            return;
        }
        Call call = new Call(record.topic(), new String(record.key(), UTF_8));
        highest.computeIfPresent(
                call, (same, revision) -> Math.max(revision, of(record.value()).orElse(revision)));
    }

    private List<TopicPartition> existing() {
        return unread.keySet().stream()
                .map(TopicPartition::topic)
                .distinct()
                .flatMap(topic -> scan.partitions(topic).stream())
                .toList();
    }
}
