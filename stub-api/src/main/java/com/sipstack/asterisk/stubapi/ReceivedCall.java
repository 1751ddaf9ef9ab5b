package com.sipstack.asterisk.stubapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A call as the receiver has it: its latest document and how its documents came in.
 *
 * @param json the latest document as it came, decoded
 * @param documents how many documents arrived, repeats too
 * @param arrivals the documents in order of arrival, the last {@value CallHistory#LONGEST} of them
 * @param highestRevision the highest revision that ever arrived
 * @param duplicates how many were {@link ArrivalOrder#DUPLICATE}
 * @param outOfOrder how many were {@link ArrivalOrder#OUT_OF_ORDER}
 * @param conflicts how many were {@link ArrivalOrder#CONFLICT}
 */
public record ReceivedCall(
        Optional<Long> customerId,
        String hostname,
        String linkedid,
        String json,
        long documents,
        List<Arrival> arrivals,
        OptionalLong highestRevision,
        long duplicates,
        long outOfOrder,
        long conflicts,
        Instant firstReceivedAt,
        Instant lastReceivedAt) {

    public ReceivedCall {
        arrivals = List.copyOf(arrivals);
    }

    /** Returns the latest document as a tree, parsed anew. */
    public JsonNode document() {
        return Json.parseKnownGood(json);
    }

    /** Returns the {@code ship_phase} of the latest document. */
    public String phase() {
        return latest().phase();
    }

    /** Returns the {@code ship_phase}s in order of arrival. */
    public List<String> phases() {
        return arrivals.stream().map(Arrival::phase).toList();
    }

    /** Returns the revisions in order of arrival, without the documents that had none. */
    public List<Long> revisions() {
        return arrivals.stream()
                .flatMap(arrival -> arrival.revision().stream().boxed())
                .toList();
    }

    /** Returns the distinct Idempotency-Keys in order of their first arrival. */
    public List<String> idempotencyKeys() {
        return arrivals.stream()
                .flatMap(arrival -> arrival.idempotencyKey().stream())
                .distinct()
                .toList();
    }

    /** Returns true if the document that stands is older than one that it replaced: what a late repeat leaves behind. */
    public boolean stale() {
        OptionalLong revision = latest().revision();
        return revision.isPresent() && revision.getAsLong() < highestRevision.orElseThrow();
    }

    private Arrival latest() {
        return arrivals.get(arrivals.size() - 1);
    }
}
