package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One channel's time in one bridge.
 *
 * @param enter null if its row is missing
 * @param exit null while it lasts
 * @param parked whether PARK_START came before
 */
record Stay(Channel channel, Cel enter, Cel exit, boolean parked) {
    /** The call's stays in the order of their ends; those that last come last. */
    static List<Stay> of(CallRows rows, Channels channels) {
        List<Stay> stays = new ArrayList<>();
        Map<Channel, Cel> entered = new LinkedHashMap<>();
        Set<Channel> parked = new HashSet<>();
        for (Cel cel : rows.cels()) {
            Channel channel = channels.withUniqueid(cel.uniqueid());
            if (cel.eventTime() == null || channel == null) {
                continue;
            }
            if (cel.type() == CelEventType.PARK_START) {
                parked.add(channel);
            } else if (cel.type() == CelEventType.BRIDGE_ENTER) {
                entered.put(channel, cel);
            } else if (cel.type() == CelEventType.BRIDGE_EXIT) {
                stays.add(new Stay(channel, entered.remove(channel), cel, parked.remove(channel)));
            }
        }
        entered.forEach((channel, enter) -> stays.add(new Stay(channel, enter, null, parked.contains(channel))));
        return stays;
    }

    boolean isHolding() {
        return parked || Bridges.isHolding(enter == null ? exit : enter);
    }

    boolean isWhole() {
        return enter != null && exit != null;
    }

    long from() {
        return (enter == null ? exit : enter).eventTime();
    }
}
