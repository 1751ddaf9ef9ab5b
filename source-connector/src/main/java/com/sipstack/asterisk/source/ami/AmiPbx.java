package com.sipstack.asterisk.source.ami;

import com.sipstack.asterisk.model.Topics;
import com.sipstack.asterisk.source.database.ZoneRule;
import java.time.Duration;
import java.util.Set;

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

    boolean takes(String kind) {
        return kinds.contains(kind);
    }
}
