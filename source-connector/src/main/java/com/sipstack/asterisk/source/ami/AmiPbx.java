package com.sipstack.asterisk.source.ami;

import com.sipstack.asterisk.model.Topics;
import com.sipstack.asterisk.source.database.ZoneRule;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How to listen to one PBX.
 *
 * @param pbx its name
 * @param kinds what to take of it, as in {@link AmiSettings#EVENTS}
 * @param stallMax how long its words may be left unread
 */
record AmiPbx(
        String pbx,
        AmiLogin login,
        Set<String> kinds,
        Duration pingInterval,
        Duration stallMax,
        ZoneRule zone,
        Topics topics) {
    AmiPbx {
        kinds = Set.copyOf(kinds);
    }

    /**
     * The classes of events to ask for. A filter by names would leave out more, but takes the privilege {@code system}, which lets
     * a user stop the PBX; those who may edit manager.conf can set the same filter there.
     */
    List<String> classes() {
        return Stream.of("call", "cdr").filter(this::takesOf).toList();
    }

    private boolean takesOf(String eventClass) {
        return eventClass.equals("cdr") ? takes(AmiSettings.CDR) : takes(AmiSettings.CEL) || takes(AmiSettings.HOLD);
    }

    boolean takes(String kind) {
        return kinds.contains(kind);
    }
}
