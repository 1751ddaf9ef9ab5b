package com.sipstack.asterisk.assembler.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * One channel over the time of its call. Times are milliseconds since 1970, with a fraction; nulls are absent.
 *
 * @param role as in the document's leg
 * @param plumbing whether it belongs to no person
 * @param end null while the channel is there
 */
record LadderLane(
        String uniqueid,
        String channel,
        String role,
        String extension,
        String number,
        String name,
        boolean plumbing,
        double start,
        Double end,
        List<Span> spans,
        List<Mark> marks) {

    /**
     * A stretch of time.
     *
     * @param kind ring, talk, hold, queue, menu, voicemail, conference, park, announcement, recording or wait
     * @param end null while it lasts
     * @param with the bridge that the channel is in; the others in it have the same. Null if it is in none
     */
    record Span(String kind, double start, Double end, String label, String with) {}

    /** A moment: answer, hangup, transfer, pickup, forward, or a word of the dialplan's own. */
    record Mark(
            String kind,
            double at,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String label) {}
}
