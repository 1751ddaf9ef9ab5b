package com.sipstack.asterisk.sink;

import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the audio of recordings. For one thread. */
final class RecordingOpener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingOpener.class);

    private final AudioSource audio;
    private final AcceptedBefore accepted;
    private final RangeConsumer consumer;

    /** @param consumer that both read by */
    RecordingOpener(AudioSource audio, AcceptedBefore accepted, RangeConsumer consumer) {
        this.audio = audio;
        this.accepted = accepted;
        this.consumer = consumer;
    }

    /** @param first whether it is tried for the first time: later, nobody but us can have had it accepted */
    Opening open(OutboundRecording recording, boolean first) {
        try {
            return opening(recording, first);
        } catch (RuntimeException e) {
            LOG.error("A recording's audio could not be opened", e);
            return new Opening.Failed(AudioException.away(
                    "the audio cannot be opened", recording.file().filePath(), e));
        }
    }

    private Opening opening(OutboundRecording recording, boolean first) {
        try {
            Optional<Audio> opened = audio.open(recording.file());
            return opened.isPresent() ? new Opening.Opened(opened.get()) : new Opening.NoRoom();
        } catch (AudioException e) {
            return first ? missed(recording, e) : new Opening.Failed(e);
        }
    }

    private Opening missed(OutboundRecording recording, AudioException why) {
        try {
            return accepted.contains(recording) ? new Opening.Needless() : new Opening.Failed(why);
        } catch (KafkaException e) {
            return new Opening.Failed(AudioException.away(
                    "the audio is missing, and receipts cannot be read",
                    recording.file().filePath(),
                    e));
        }
    }

    /** Ends what goes on in its thread; for any thread. */
    void wakeUp() {
        consumer.wakeUp();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
