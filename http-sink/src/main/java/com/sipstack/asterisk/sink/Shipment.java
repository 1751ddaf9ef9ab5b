package com.sipstack.asterisk.sink;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One document's way to the API, with the places of all records that it stands for: its own and those of the older revisions that
 * it replaced. Guarded by the {@link CallDispatcher} that it was given to.
 */
final class Shipment {
    private final OutboundDocument document;
    private final Instant deadline;
    private final PartitionOffsets partition;
    private final List<OffsetTicket> tickets = new ArrayList<>();
    private final Suspicion suspicion = new Suspicion();
    private int attempts;
    private Instant attemptedAt;
    private Failure lastFailure;
    private CompletableFuture<Void> attempt = CompletableFuture.completedFuture(null);

    /** @param deadline from when on a failed attempt was the last */
    Shipment(OutboundDocument document, OffsetTicket ticket, Instant deadline) {
        this.document = document;
        this.deadline = deadline;
        this.partition = ticket.partition();
        this.tickets.add(ticket);
    }

    OutboundDocument document() {
        return document;
    }

    long bytes() {
        return document.bytes();
    }

    Instant deadline() {
        return deadline;
    }

    List<OffsetTicket> tickets() {
        return List.copyOf(tickets);
    }

    int attempts() {
        return attempts;
    }

    Suspicion suspicion() {
        return suspicion;
    }

    /** When the last attempt began; null before the first. */
    Instant attemptedAt() {
        return attemptedAt;
    }

    /** True for one that failed and has no time left. One that was never tried has an attempt to come. */
    boolean isExpired(Instant now) {
        return lastFailure != null && !now.isBefore(deadline);
    }

    /** Why the last attempt failed; null if none did. */
    Failure lastFailure() {
        return lastFailure;
    }

    void failed(Failure failure) {
        lastFailure = failure;
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

    /** True for a later revision; only within a partition, for partitions are given and taken away one by one. */
    boolean supersedes(Shipment other) {
        return document.revision() > other.document.revision() && partition.equals(other.partition);
    }

    /** Takes the place of an older revision, whose record is handled when this one is. */
    void cover(Shipment older) {
        tickets.addAll(older.tickets);
    }

    boolean isOwned() {
        return partition.isOwned();
    }

    void handled() {
        tickets.forEach(OffsetTicket::handled);
    }
}
