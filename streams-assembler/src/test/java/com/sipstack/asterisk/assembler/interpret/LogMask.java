package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.Row;
import java.util.EnumSet;
import java.util.Set;

/** How much a PBX logs. */
enum LogMask {
    /** {@code events=ALL}, {@code apps=all}. */
    ALL("everything", EnumSet.allOf(CelEventType.class)),
    /** The cel.conf that users of the connectors were told to write; without {@code apps=} no application is logged. */
    USUAL(
            "usual cel.conf",
            EnumSet.of(
                    CelEventType.CHAN_START,
                    CelEventType.CHAN_END,
                    CelEventType.HANGUP,
                    CelEventType.ANSWER,
                    CelEventType.BRIDGE_ENTER,
                    CelEventType.BRIDGE_EXIT,
                    CelEventType.PARK_START,
                    CelEventType.PARK_END,
                    CelEventType.LINKEDID_END)),
    USUAL_WITHOUT_PARKING("usual without PARK", withoutParking()),
    CDR_ONLY("CDRs only", EnumSet.noneOf(CelEventType.class));

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
    private final Set<CelEventType> types;

    LogMask(String title, Set<CelEventType> types) {
        this.title = title;
        this.types = types;
    }

    private static Set<CelEventType> withoutParking() {
        Set<CelEventType> types = EnumSet.copyOf(USUAL.types);
        types.removeAll(Set.of(CelEventType.PARK_START, CelEventType.PARK_END));
        return types;
    }

    String title() {
        return title;
    }

    boolean logs(Row row) {
        return !(row instanceof Cel cel) || types.contains(cel.type());
    }
}
