package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.model.Provenance;
import com.sipstack.asterisk.model.RecordingReceipt;
import com.sipstack.asterisk.model.RowFormatException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a recording whose file is gone was accepted before. A worker that dies between a receipt and its offset's commit is given
 * the recording again, and by then the PBX may have put the file away; the receipt is then older than the file's absence. For one
 * thread.
 */
final class AcceptedBefore {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptedBefore.class);
    private static final Duration POLL = Duration.ofMillis(500);
    /** Clocks of different hosts do not agree. */
    private static final Duration SKEW = Duration.ofHours(1);

    private final String topic;
    private final RangeConsumer consumer;

    AcceptedBefore(String topic, RangeConsumer consumer) {
        this.topic = topic;
        this.consumer = consumer;
    }

    /**
     * Reads the receipts that were written since the recording was.
     *
     * @throws org.apache.kafka.common.KafkaException if they cannot be read now
     */
    boolean contains(OutboundRecording recording) {
        TopicPartition partition = partition(recording.ready().pbx());
        long end = consumer.open().endOffsets(Set.of(partition)).get(partition);
        KafkaConsumer<byte[], byte[]> reader = consumer.at(partition, begin(partition, recording, end));
        Provenance wanted = recording.file().provenance();
        while (reader.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> receipt : reader.poll(POLL)) {
                if (isAcceptance(receipt.value(), wanted)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Where producers put the PBX's key. */
    private TopicPartition partition(String pbx) {
        int partitions = consumer.open().partitionsFor(topic).size();
        int hash = Utils.toPositive(Utils.murmur2(pbx.getBytes(StandardCharsets.UTF_8)));
        return new TopicPartition(topic, hash % partitions);
    }

    private long begin(TopicPartition partition, OutboundRecording recording, long end) {
        Long written = recording.record().timestamp();
        long since = written == null ? 0 : Math.max(0, written - SKEW.toMillis());
        OffsetAndTimestamp first =
                consumer.open().offsetsForTimes(Map.of(partition, since)).get(partition);
        return first == null ? end : first.offset();
    }

    private static boolean isAcceptance(byte[] value, Provenance wanted) {
        try {
            RecordingReceipt receipt = RecordingReceipt.fromJson(value);
            return receipt.outcome() == RecordingReceipt.Outcome.ACCEPTED
                    && Objects.equals(wanted.pbx(), receipt.pbx())
                    && Objects.equals(wanted.origin(), receipt.origin())
                    && Objects.equals(wanted.position(), receipt.position());
        } catch (RowFormatException e) {
            LOG.debug("Not a receipt, which is not ours to judge", e);
            return false;
        }
    }
}
