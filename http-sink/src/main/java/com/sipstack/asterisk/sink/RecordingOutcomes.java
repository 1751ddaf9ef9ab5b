package com.sipstack.asterisk.sink;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that a recording's end is written down before its record counts as handled. Guarded by the dispatcher that it belongs to. */
final class RecordingOutcomes {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingOutcomes.class);

    private final Receipts receipts;
    private final Consumer<Letter> deadLetters;
    private final Clock clock;
    private final FaultCounter unreadable = new FaultCounter();
    private final Map<String, FaultCounter> crowding = new HashMap<>();

    /** @param deadLetters takes what cannot be delivered, on any thread */
    RecordingOutcomes(Receipts receipts, Consumer<Letter> deadLetters, Clock clock) {
        this.receipts = receipts;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    void accepted(RecordingShipment shipment, int status, String sha256) {
        OutboundRecording recording = shipment.recording();
        receipts.accepted(recording.ready(), status, sha256, recording.ticket()::handled);
    }

    /** The API has it already, and the receipt says so. */
    void needless(RecordingShipment shipment) {
        LOG.info("A recording that was accepted before is passed over: its file has been put away");
        shipment.recording().ticket().handled();
    }

    void rejected(RecordingShipment shipment, Failure failure) {
        OutboundRecording recording = shipment.recording();
        Map<String, String> attempt = Map.of(
                "attempts", Integer.toString(shipment.attempts()), "idempotency.key", recording.idempotencyKey());
        deadLetters.accept(
                new Letter(recording.record(), failure, recording.ready().pbx(), attempt, List.of(recording.ticket())));
    }

    void unreadable(AudioException cause) {
        unreadable
                .count(clock.instant())
                .ifPresent(count -> LOG.error(
                        "Recordings cannot be read ({}; failed attempts: {})",
                        cause.failure().summary(),
                        count));
    }

    /** One of those that are given up before their time, so that others are read again. */
    void crowdedOut(RecordingShipment shipment) {
        String pbx = shipment.recording().ready().pbx();
        crowding.computeIfAbsent(pbx, first -> new FaultCounter())
                .count(clock.instant())
                .ifPresent(count -> LOG.error(
                        "Recordings of PBX {} that are missing for more than {} take up more than half of {}: they are given up, so that"
                                + " others are uploaded (given up: {}). Replay them from the dead-letter topic once their files are there",
                        pbx,
                        MissingRecordings.PATIENCE,
                        RecordingQueueConfig.MAX_RECORDINGS,
                        count));
    }
}
