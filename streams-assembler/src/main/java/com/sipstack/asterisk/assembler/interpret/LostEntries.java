package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Entries into bridges whose rows were lost: whoever left a bridge had entered it. */
final class LostEntries {
    private LostEntries() {}

    /**
     * The events, and an entry for each channel that left a bridge of which no row says that it had come: right after the last one that is
     * known to have entered that bridge before, since most bridges have two channels that meet at once.
     *
     * @param stays the call's
     */
    static List<Cel> restored(List<Cel> cels, List<Stay> stays) {
        List<Cel> all = cels;
        for (Stay stay : stays) {
            String bridge = stay.enter() == null && !stay.isHolding() ? bridgeOf(stay.exit()) : "";
            if (!bridge.isEmpty()) {
                all = restored(all, stay.exit(), bridge);
            }
        }
        return all;
    }

    private static List<Cel> restored(List<Cel> cels, Cel exit, String bridge) {
        for (int i = cels.indexOf(exit) - 1; i >= 0; i--) {
            Cel known = cels.get(i);
            if (known.type() == CelEventType.BRIDGE_ENTER
                    && known.eventTime() != null
                    && bridge.equals(bridgeOf(known))) {
                List<Cel> all = new ArrayList<>(cels);
                all.add(i + 1, entry(exit, known.eventTime()));
                return all;
            }
        }
        return cels;
    }

    private static String bridgeOf(Cel cel) {
        return Extra.of(cel).text("bridge_id");
    }

    private static Cel entry(Cel exit, long time) {
        Map<String, Object> columns = new LinkedHashMap<>(Cel.MAPPING.toColumns(exit));
        columns.put("eventtype", CelEventType.BRIDGE_ENTER.name());
        columns.put("event_time", time);
        columns.remove("peer");
        return Cel.MAPPING.fromColumns(columns);
    }
}
