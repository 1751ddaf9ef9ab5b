package com.sipstack.asterisk.source.recording;

import com.sipstack.asterisk.model.AudioLocation;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.RecordMetadata;

/** One sending of a file's audio, and where its chunks have come to lie. Thread-safe. */
final class AudioSending {
    private final FoundRecording found;
    private final String id = UUID.randomUUID().toString();
    private final Consumer<AudioSending> whenDone;
    private int sent;
    private int acknowledged;
    private boolean isBroken;
    private String topic;
    private int partition;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private String sha256;

    /** @param whenDone told once, when all chunks were sent and acknowledged; must not wait */
    AudioSending(FoundRecording found, Consumer<AudioSending> whenDone) {
        this.found = found;
        this.whenDone = whenDone;
    }

    FoundRecording found() {
        return found;
    }

    String id() {
        return id;
    }

    synchronized int nextNumber() {
        return sent++;
    }

    /** @param metadata empty if a chunk was dropped on the way */
    synchronized void acknowledged(Optional<RecordMetadata> metadata) {
        acknowledged++;
        metadata.ifPresentOrElse(this::lies, () -> isBroken = true);
        tellIfDone();
    }

    /** @param hash of the whole file, all of which was sent */
    synchronized void whole(String hash) {
        sha256 = hash;
        tellIfDone();
    }

    synchronized String sha256() {
        return sha256;
    }

    /** Empty if not all of it lies in one partition. */
    synchronized Optional<AudioLocation> location() {
        return isBroken ? Optional.empty() : Optional.of(new AudioLocation(id, topic, partition, first, last, sent));
    }

    private void lies(RecordMetadata metadata) {
        isBroken |= topic != null && (partition != metadata.partition() || !topic.equals(metadata.topic()));
        isBroken |= !metadata.hasOffset();
        topic = metadata.topic();
        partition = metadata.partition();
        first = Math.min(first, metadata.offset());
        last = Math.max(last, metadata.offset());
    }

    private void tellIfDone() {
        if (sha256 != null && acknowledged == sent) {
            whenDone.accept(this);
        }
    }
}
