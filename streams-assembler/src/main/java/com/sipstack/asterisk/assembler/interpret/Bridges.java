package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Who stands in which bridge while the events of a call are read one after the other. Local channels tie bridges together. */
final class Bridges {
    private static final String HOLDING = "holding_bridge";
    /** For a PBX that does not log a bridge's id: all bridges of the call are taken for one. */
    private static final String UNKNOWN = "?";

    /** Applications whose bridges carry one voice to many, or to none. */
    private static final Set<String> WITHOUT_CONVERSATION = Set.of("Page", "ChanSpy", "ExtenSpy");

    private final Channels channels;
    private final Map<String, Bridge> bridges = new HashMap<>();
    private final Map<Channel, Bridge> stays = new HashMap<>();
    /** Their next bridge is a parking lot's, whether or not the PBX logs of which kind it is. */
    private final Set<Channel> parked = new HashSet<>();

    /** The channels in one bridge, in the order in which they came. */
    static final class Bridge {
        private final Set<Channel> members = new LinkedHashSet<>();
    }

    Bridges(Channels channels) {
        this.channels = channels;
    }

    /** Takes note of an event, and tells whether somebody entered or left a bridge where one can talk. */
    boolean follow(Cel cel) {
        Channel channel = channels.withUniqueid(cel.uniqueid());
        if (channel == null) {
            return false;
        }
        CelEventType type = cel.type();
        if (type == CelEventType.PARK_START) {
            parked.add(channel);
        } else if (type == CelEventType.PARK_END) {
            parked.remove(channel);
        }
        if (type == CelEventType.BRIDGE_ENTER) {
            boolean left = leave(channel);
            return enter(channel, cel) || left;
        }
        return (type == CelEventType.BRIDGE_EXIT || type == CelEventType.CHAN_END) && leave(channel);
    }

    /** Takes in those whom somebody who enters finds in the bridge, though they are in none: the row of their entry was lost. */
    List<Channel> takeInFound(Cel cel) {
        Bridge bridge = stays.get(channels.withUniqueid(cel.uniqueid()));
        boolean isTold = cel.peer() != null && !cel.peer().isEmpty();
        if (cel.type() != CelEventType.BRIDGE_ENTER || bridge == null || !isTold) {
            return List.of();
        }
        List<Channel> found = Stream.of(cel.peer().split(",", -1))
                .flatMap(peer -> channels.named(peer).stream())
                .filter(peer -> !stays.containsKey(peer) && !parked.contains(peer))
                .toList();
        bridge.members.addAll(found);
        found.forEach(peer -> stays.put(peer, bridge));
        return found;
    }

    private boolean enter(Channel channel, Cel cel) {
        Extra extra = Extra.of(cel);
        boolean isOneWay = cel.appname() != null && WITHOUT_CONVERSATION.contains(cel.appname());
        if (isOneWay || parked.contains(channel) || HOLDING.equals(extra.text("bridge_technology"))) {
            return false;
        }
        String id = extra.text("bridge_id");
        Bridge bridge = bridges.computeIfAbsent(id.isEmpty() ? UNKNOWN : id, unseen -> new Bridge());
        bridge.members.add(channel);
        stays.put(channel, bridge);
        return true;
    }

    private boolean leave(Channel channel) {
        Bridge bridge = stays.remove(channel);
        if (bridge != null) {
            bridge.members.remove(channel);
        }
        return bridge != null;
    }

    static boolean isHolding(Cel enter) {
        return HOLDING.equals(Extra.of(enter).text("bridge_technology"));
    }

    /** Where the channel can talk; null if it is in no such bridge. */
    Bridge of(Channel channel) {
        return stays.get(channel);
    }

    /** The bridges whose people the channel can hear: its own, and those at the other ends of Local channels. */
    Set<Bridge> within(Channel channel) {
        Set<Bridge> reached = new LinkedHashSet<>();
        Deque<Bridge> next = new ArrayDeque<>();
        if (stays.containsKey(channel)) {
            next.add(stays.get(channel));
        }
        while (!next.isEmpty()) {
            Bridge bridge = next.remove();
            if (reached.add(bridge)) {
                bridge.members.forEach(
                        member -> channels.otherHalf(member).map(stays::get).ifPresent(next::add));
            }
        }
        return reached;
    }

    /** The people in the bridges, without the one who listens. */
    static Map<Channel, Bridge> people(Set<Bridge> bridges, Channel listener) {
        Map<Channel, Bridge> people = new LinkedHashMap<>();
        for (Bridge bridge : bridges) {
            for (Channel member : bridge.members) {
                if (member != listener && member.isPerson()) {
                    people.put(member, bridge);
                }
            }
        }
        return people;
    }
}
