package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.model.AudioLocation;
import com.sipstack.asterisk.model.Recording;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Recordings whose audio travels through Kafka: read from there into the spool, and verified. */
final class AudioTopic implements AudioSource {
    private static final Duration POLL = Duration.ofMillis(500);

    private final RangeConsumer consumer;
    private final Spool spool;
    private final Duration patience;

    /** @param patience how long nothing may come of a range that is not at its end */
    AudioTopic(RangeConsumer consumer, Spool spool, Duration patience) {
        this.consumer = consumer;
        this.spool = spool;
        this.patience = patience;
    }

    @Override
    public Optional<Audio> open(Recording recording) throws AudioException {
        requireComplete(recording);
        if (!spool.suits(recording.fileSize())) {
            throw AudioException.unusable(
                    "the recording is larger than " + SpoolConfig.MAX_BYTES, recording.filePath());
        }
        try {
            Optional<Spool.Place> place = spool.take(recording.fileSize());
            return place.isPresent() ? Optional.of(spooled(recording, place.get())) : Optional.empty();
        } catch (AudioException e) {
            throw e;
        } catch (IOException e) {
            throw AudioException.away("the spool cannot be used", recording.filePath(), e);
        } catch (KafkaException e) {
            throw AudioException.away("the audio cannot be read from Kafka", recording.filePath(), e);
        }
    }

    private static void requireComplete(Recording recording) throws AudioException {
        AudioLocation at = recording.audio();
        if (at.audioTopic() == null
                || at.audioPartition() == null
                || at.audioFirst() == null
                || at.audioLast() == null
                || at.audioChunks() == null
                || recording.sha256() == null) {
            throw AudioException.unusable("it is not said where in Kafka the audio lies", recording.filePath());
        }
    }

    private Audio spooled(Recording recording, Spool.Place place) throws IOException {
        try {
            read(recording, place.content());
            return new Audio(
                    place.content(), recording.fileSize(), Optional.of(recording.sha256()), () -> {}, true, place);
        } catch (IOException | RuntimeException e) {
            place.close();
            throw e;
        }
    }

    private void read(Recording recording, FileChannel content) throws AudioException {
        AudioLocation at = recording.audio();
        TopicPartition partition = new TopicPartition(at.audioTopic(), at.audioPartition());
        KafkaConsumer<byte[], byte[]> reader = consumer.at(partition, at.audioFirst());
        requireKept(recording, reader, partition);
        ChunkedAudio audio = new ChunkedAudio(recording, content);
        long lastProgress = System.nanoTime();
        long next = at.audioFirst();
        while (next <= at.audioLast()) {
            ConsumerRecords<byte[], byte[]> records = reader.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.offset() <= at.audioLast()) {
                    audio.add(record);
                }
            }
            long reached = reader.position(partition);
            lastProgress = reached > next ? System.nanoTime() : lastProgress;
            next = reached;
            if (System.nanoTime() - lastProgress > patience.toNanos()) {
                throw AudioException.away("Kafka does not give the audio", recording.filePath(), null);
            }
        }
        audio.requireWhole();
    }

    private static void requireKept(Recording recording, KafkaConsumer<byte[], byte[]> reader, TopicPartition partition)
            throws AudioException {
        Map<TopicPartition, Long> beginning = reader.beginningOffsets(Set.of(partition));
        if (beginning.get(partition) > recording.audio().audioFirst()) {
            throw AudioException.unusable(
                    "the topic no longer keeps the audio: its retention was shorter than the wait",
                    recording.filePath());
        }
        if (reader.endOffsets(Set.of(partition)).get(partition)
                <= recording.audio().audioLast()) {
            throw AudioException.away("the topic does not have all of the audio", recording.filePath(), null);
        }
    }
}
