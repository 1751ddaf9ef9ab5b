package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.assembler.interpret.NamedRecordings;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.Row;
import java.util.EnumSet;
import java.util.Set;

/** How soon somebody who watches a call wants to hear of a row. */
enum RowNews {
    /** With the next document. */
    CHATTER,
    /** At once: the call was answered, transferred, parked, picked up, or is recorded. */
    TURN,
    /** Once all is quiet: a channel, a leg or the call ended. */
    END;

    private static final Set<CelEventType> TURNS = EnumSet.of(
            CelEventType.ANSWER,
            CelEventType.BRIDGE_ENTER,
            CelEventType.BLINDTRANSFER,
            CelEventType.ATTENDEDTRANSFER,
            CelEventType.PARK_START,
            CelEventType.PARK_END,
            CelEventType.PICKUP,
            CelEventType.FORWARD);

    static RowNews of(Row row) {
        if (row instanceof Cdr) {
            return END;
        }
        Cel cel = (Cel) row;
        if (cel.type() == CelEventType.LINKEDID_END || cel.type() == CelEventType.CHAN_END) {
            return END;
        }
        return TURNS.contains(cel.type()) || NamedRecordings.startsOne(cel) ? TURN : CHATTER;
    }
}
