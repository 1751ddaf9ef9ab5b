package com.sipstack.asterisk.model.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * The call's rows in order of time, in the shape that the API knows, and what else happened.
 *
 * @param callThreadsCount length of {@code callThreads}
 */
public record Journal(
        List<ThreadEntry> callThreads,
        int callThreadsCount,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Event> events) {
    public static Journal of(List<ThreadEntry> threads, List<Event> events) {
        return new Journal(threads, threads.size(), events);
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
