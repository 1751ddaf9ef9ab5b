package com.sipstack.asterisk.sink;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One recording's way to the API. Guarded by the {@link RecordingDispatcher} that it was given to. */
final class RecordingShipment {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingShipment.class);

    private final OutboundRecording recording;
    private final Suspicion suspicion = new Suspicion();
    private Audio audio;
    private int attempts;
    private int misses;
    private boolean isAsked;
    private Instant attemptedAt;
    private Failure lastFailure;
    private CompletableFuture<Void> attempt = CompletableFuture.completedFuture(null);

    RecordingShipment(OutboundRecording recording) {
        this.recording = recording;
    }

    OutboundRecording recording() {
        return recording;
    }

    Suspicion suspicion() {
        return suspicion;
    }

    int attempts() {
        return attempts;
    }

    /** How often its audio could not be read. */
    int misses() {
        return misses;
    }

    void missed() {
        misses++;
    }

    /** Whether receipts were read for it, and do not say that it was accepted before. */
    boolean isAsked() {
        return isAsked;
    }

    void asked(boolean now) {
        isAsked = now;
    }

    /** When the last attempt began; null before the first. */
    Instant attemptedAt() {
        return attemptedAt;
    }

    /** Open; null while it is not. */
    Audio audio() {
        return audio;
    }

    void opened(Audio opened) {
        audio = opened;
    }

    void beginAttempt(Instant now) {
        attempts++;
        attemptedAt = now;
        attempt = new CompletableFuture<>();
    }

    void endAttempt() {
        attempt.complete(null);
    }

    /** Done when the attempt that is under way has ended. */
    CompletableFuture<Void> attempt() {
        return attempt;
    }

    /** Why the last attempt failed; null if none did. */
    Failure lastFailure() {
        return lastFailure;
    }

    /** Waits for the next attempt: with the audio if it is a copy of our own, else the file is looked at again. */
    void failed(Failure failure) {
        lastFailure = failure;
        if (audio != null && !audio.spooled()) {
            release();
        }
    }

    /** True for one that failed and has no time left. One that was never tried has an attempt to come. */
    boolean isExpired(Instant now) {
        return lastFailure != null && !now.isBefore(recording.deadline());
    }

    boolean isOwned() {
        return recording.ticket().isOwned();
    }

    /** Lets go of the audio. */
    void release() {
        if (audio != null) {
            try {
                audio.close();
            } catch (IOException e) {
                LOG.warn("A recording's audio, read to its end or not needed, could not be closed", e);
            }
            audio = null;
        }
    }
}
