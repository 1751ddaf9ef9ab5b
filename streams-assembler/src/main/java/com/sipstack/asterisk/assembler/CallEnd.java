package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.assembler.interpret.CallRows;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.Row;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** What a call's rows say of its end. */
enum CallEnd {
    /** It goes on, as far as anybody knows. */
    NONE,
    /** Its own LINKEDID_END was logged, or the end of each of its channels. */
    LOGGED,
    /**
     * Each channel whose end was not logged is in a CDR. A leg that ended may not have been its channel's last: a queue writes one
     * for each agent that it tries.
     */
    LEGS,
    /** Its channels belong to a process that is no more. */
    RESTART;

    static CallEnd of(CallRows rows, NodeCounters nodes) {
        CallEnd told = of(rows);
        boolean isCut = told != LOGGED
                && nodes.isGone(rows.key().pbx(), openChannels(rows).keySet(), lastEvent(rows));
        return isCut ? RESTART : told;
    }

    /** By its own rows alone. */
    static CallEnd of(CallRows rows) {
        Map<String, String> open = openChannels(rows);
        boolean haveEnded = open.isEmpty() && !rows.cels().isEmpty();
        if (haveEnded || rows.cels().stream().anyMatch(cel -> endsCall(cel, rows))) {
            return LOGGED;
        }
        return !rows.cdrs().isEmpty() && haveLegs(open, rows) ? LEGS : NONE;
    }

    private static boolean endsCall(Cel cel, CallRows rows) {
        return cel.type() == CelEventType.LINKEDID_END && cel.callKey().equals(rows.key());
    }

    /** Names by uniqueid. */
    private static Map<String, String> openChannels(CallRows rows) {
        Map<String, String> open = new HashMap<>();
        rows.cels().stream()
                .filter(cel -> cel.uniqueid() != null && cel.type() != CelEventType.LINKEDID_END)
                .forEach(cel -> open.putIfAbsent(cel.uniqueid(), Objects.requireNonNullElse(cel.channame(), "")));
        rows.cels().stream()
                .filter(cel -> cel.type() == CelEventType.CHAN_END)
                .forEach(cel -> open.remove(cel.uniqueid()));
        return open;
    }

    private static boolean haveLegs(Map<String, String> channels, CallRows rows) {
        Set<String> legs = new HashSet<>();
        rows.cdrs().stream().map(Cdr::uniqueid).forEach(legs::add);
        Set<String> called = new HashSet<>();
        rows.cdrs().stream().map(Cdr::dstchannel).forEach(called::add);
        return channels.entrySet().stream()
                .allMatch(channel -> legs.contains(channel.getKey()) || called.contains(channel.getValue()));
    }

    private static long lastEvent(CallRows rows) {
        return Stream.<Row>concat(rows.cels().stream(), rows.cdrs().stream())
                .map(Row::occurredAt)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .max()
                .orElse(Long.MIN_VALUE);
    }
}
