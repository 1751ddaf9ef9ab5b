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

    /** @param isAsked whether receipts were read before: since then nobody but us can have had it accepted */
    Opening open(OutboundRecording recording, boolean isAsked) {
        try {
            return opening(recording, isAsked);
        } catch (RuntimeException e) {
            LOG.error("A recording's audio could not be opened", e);
            return new Opening.Failed(
                    AudioException.away(
                            "the audio cannot be opened", recording.file().filePath(), e),
                    isAsked);
        }
    }

    private Opening opening(OutboundRecording recording, boolean isAsked) {
        try {
            Optional<Audio> opened = audio.open(recording.file());
            return opened.isPresent() ? new Opening.Opened(opened.get()) : new Opening.NoRoom();
        } catch (AudioException e) {
            return isAsked ? new Opening.Failed(e, true) : missed(recording, e);
        }
    }

    private Opening missed(OutboundRecording recording, AudioException why) {
        try {
            return accepted.contains(recording) ? new Opening.Needless() : new Opening.Failed(why, true);
        } catch (KafkaException e) {
            return new Opening.Failed(
                    AudioException.away(
                            "the audio is missing, and receipts cannot be read",
                            recording.file().filePath(),
                            e),
                    false);
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
