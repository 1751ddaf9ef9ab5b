package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Who stands in which bridge while the events of a call are read one after the other. */
final class Bridges {
    private static final String HOLDING = "holding_bridge";
    /** For a PBX that does not log a bridge's id: all bridges of the call are taken for one. */
    private static final String UNKNOWN = "?";

    private final Map<String, Channel> channels;
    private final Map<String, Stay> stays = new HashMap<>();

    /** A channel's stay in a bridge; a holding bridge plays music to those who wait. */
    private record Stay(String bridge, boolean holding) {}

    Bridges(Map<String, Channel> channels) {
        this.channels = channels;
    }

    /** Takes note of an event; those of other types change nothing. */
    void follow(Cel cel) {
        CelEventType type = cel.type();
        if (type == CelEventType.BRIDGE_ENTER) {
            Extra extra = Extra.of(cel);
            String bridge = extra.text("bridge_id");
            stays.put(
                    cel.uniqueid(),
                    new Stay(bridge.isEmpty() ? UNKNOWN : bridge, HOLDING.equals(extra.text("bridge_technology"))));
        } else if (type == CelEventType.BRIDGE_EXIT || type == CelEventType.CHAN_END) {
            stays.remove(cel.uniqueid());
        }
    }

    /** Whether the channel is in a bridge where one can talk. */
    boolean isTalking(Channel channel) {
        Stay stay = stays.get(channel.uniqueid());
        return stay != null && !stay.holding();
    }

    /** The people whom the channel can hear now, directly or through Local channels. */
    List<Channel> partners(Channel channel) {
        if (!isTalking(channel)) {
            return List.of();
        }
        List<Channel> partners = new ArrayList<>();
        Set<String> seen = new HashSet<>(Set.of(channel.uniqueid()));
        Deque<String> bridges =
                new ArrayDeque<>(List.of(stays.get(channel.uniqueid()).bridge()));
        while (!bridges.isEmpty()) {
            String bridge = bridges.pop();
            for (Channel other : inside(bridge)) {
                if (seen.add(other.uniqueid())) {
                    if (other.isPerson()) {
                        partners.add(other);
                    } else {
                        otherHalf(other, seen)
                                .ifPresent(half -> bridges.push(stays.get(half).bridge()));
                    }
                }
            }
        }
        return partners;
    }

    private List<Channel> inside(String bridge) {
        return stays.entrySet().stream()
                .filter(entry -> entry.getValue().bridge().equals(bridge)
                        && !entry.getValue().holding())
                .map(entry -> channels.get(entry.getKey()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** The half of a Local channel that stands in another bridge. */
    private Optional<String> otherHalf(Channel half, Set<String> seen) {
        return stays.keySet().stream()
                .filter(uniqueid -> channels.containsKey(uniqueid) && areHalves(half, channels.get(uniqueid)))
                .filter(seen::add)
                .findFirst();
    }

    private static boolean areHalves(Channel a, Channel b) {
        return a != b && !stem(a).isEmpty() && stem(a).equals(stem(b));
    }

    private static String stem(Channel channel) {
        int half = channel.fullName().lastIndexOf(';');
        return half < 0 || channel.isPerson() ? "" : channel.fullName().substring(0, half);
    }
}
