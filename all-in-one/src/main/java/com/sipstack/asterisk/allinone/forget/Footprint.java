package com.sipstack.asterisk.allinone.forget;

import com.sipstack.asterisk.model.Topics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Where something is stored. */
final class Footprint {
    private final Topics topics;
    private final Map<TopicPartition, Trace> traces =
            new TreeMap<>(Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
    private final List<String> letters = new ArrayList<>();

    /**
     * In one partition.
     *
     * @param records how many there are
     * @param last the greatest offset
     * @param newest the latest of their times, milliseconds since 1970
     */
    record Trace(long records, long last, long newest) {
        private Trace and(Trace other) {
            return new Trace(records + other.records, Math.max(last, other.last), Math.max(newest, other.newest));
        }
    }

    Footprint(Topics topics) {
        this.topics = topics;
    }

    void add(ConsumerRecord<byte[], byte[]> record, Content content) {
        add(record.topic(), record.partition(), new Trace(1, record.offset(), record.timestamp()));
        if (record.topic().equals(topics.dlq())) {
            letters.add(record.partition() + ":" + record.offset());
        } else if (record.topic().equals(topics.recordings())) {
            content.first("audio_last").ifPresent(last -> addAudio(record, content, Long.parseLong(last)));
        }
    }

    private void addAudio(ConsumerRecord<byte[], byte[]> record, Content content, long last) {
        long chunks = content.first("audio_chunks").map(Long::valueOf).orElse(1L);
        int partition = content.first("audio_partition").map(Integer::valueOf).orElse(record.partition());
        add(topics.audio(), partition, new Trace(chunks, last, record.timestamp()));
    }

    private void add(String topic, int partition, Trace trace) {
        traces.merge(new TopicPartition(topic, partition), trace, Trace::and);
    }

    /** By topic and partition. */
    Map<TopicPartition, Trace> traces() {
        return traces;
    }

    /** Of each topic, of all its partitions together; its offset says nothing. */
    Map<String, Trace> byTopic() {
        Map<String, Trace> all = new TreeMap<>();
        traces.forEach((partition, trace) -> all.merge(partition.topic(), trace, Trace::and));
        return all;
    }

    /** The places of dead letters, as {@code sipstack dlq} names them. */
    List<String> letters() {
        return letters;
    }
}
