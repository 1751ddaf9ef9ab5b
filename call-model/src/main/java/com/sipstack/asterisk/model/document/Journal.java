package com.sipstack.asterisk.model.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The call's rows in order of time, in the shape that the API knows, and what else happened.
 *
 * @param callThreadsCount length of {@code callThreads}
 * @param callThreadsTruncated true if a very long call's entries were left out between its first and its last ones; else null
 * @param truncated names of the document's lists that lost entries because the document was too large
 */
public record Journal(
        List<ThreadEntry> callThreads,
        int callThreadsCount,
        Boolean callThreadsTruncated,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Event> events,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> truncated) {
    /** So many of the first and of the last entries are kept of each list. */
    private static final int KEPT = 1_000;

    /** Keeps what is needed of lists of any length. */
    public static Journal of(List<ThreadEntry> threads, List<Event> events) {
        List<ThreadEntry> kept = ends(threads);
        boolean truncated = kept.size() < threads.size() || events.size() > 2 * KEPT;
        return new Journal(kept, kept.size(), truncated ? true : null, ends(events), List.of());
    }

    /** The same entries; what another one of the call lost, it lacks too. */
    public Journal truncatedLike(Journal other) {
        Boolean isTruncated = callThreadsTruncated == null ? other.callThreadsTruncated : callThreadsTruncated;
        return new Journal(callThreads, callThreadsCount, isTruncated, events, other.truncated);
    }

    private static <T> List<T> ends(List<T> entries) {
        if (entries.size() <= 2 * KEPT) {
            return entries;
        }
        List<T> kept = new ArrayList<>(entries.subList(0, KEPT));
        kept.addAll(entries.subList(entries.size() - KEPT, entries.size()));
        return kept;
    }

    /**
     * A CDR ({@code event} is {@code CDR}) or a channel event. Nulls are absent.
     *
     * @param peer the others in the bridge, for bridge events
     * @param transferee who was transferred, for transfers
     */
    public record ThreadEntry(
            Instant time,
            String event,
            String src,
            String dst,
            Integer duration,
            Integer billsec,
            String disposition,
            String channel,
            String dstchannel,
            String exten,
            String context,
            String uniqueid,
            String peer,
            String transferee) {}

    /** An event that the API's threads have no place for, e.g. one that the dialplan raised. */
    public record Event(String type, Instant at, String uniqueid, String text) {}
}
