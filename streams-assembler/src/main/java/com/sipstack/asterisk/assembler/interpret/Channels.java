package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.ChannelName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The channels of one call, in the order of their first rows. Where events tell of no channel, CDRs do. */
final class Channels {
    private final List<Channel> all = new ArrayList<>();
    private final Map<String, Channel> byUniqueid = new LinkedHashMap<>();
    private final Map<ChannelName, Channel> byName = new HashMap<>();
    private final Map<String, Channel> firstHalves = new HashMap<>();
    private final Map<String, Channel> secondHalves = new HashMap<>();

    private final Map<ChannelName, Channel> strangers = new HashMap<>();

    private Channels() {}

    static Channels of(CallRows rows) {
        Channels channels = new Channels();
        for (Cel cel : rows.cels()) {
            if (cel.uniqueid() != null) {
                channels.withEvents(cel.uniqueid()).add(cel);
            }
        }
        channels.all.forEach(channels::index);
        for (Cdr cdr : rows.cdrs()) {
            if (rows.cels().isEmpty()) {
                channels.addParties(cdr);
            } else if (channels.byUniqueid.containsKey(cdr.uniqueid())) {
                channels.byUniqueid.get(cdr.uniqueid()).addLeg(cdr);
            }
        }
        return channels;
    }

    private Channel withEvents(String uniqueid) {
        return byUniqueid.computeIfAbsent(uniqueid, this::enlist);
    }

    private Channel enlist(String uniqueid) {
        Channel channel = new Channel(uniqueid);
        all.add(channel);
        return channel;
    }

    /** A CDR has no uniqueid for the channel that was called: it goes by its name. */
    private void addParties(Cdr cdr) {
        Channel caller = byUniqueid.get(cdr.uniqueid());
        if (caller == null) {
            caller = named(cdr.channel()).orElseGet(() -> enlist(cdr.uniqueid()));
            byUniqueid.put(cdr.uniqueid(), caller);
        }
        caller.addLeg(cdr);
        index(caller);
        if (ChannelName.parse(cdr.dstchannel()).isPresent()) {
            Channel callee = named(cdr.dstchannel()).orElseGet(() -> enlist(null));
            callee.addIncomingLeg(cdr);
            index(callee);
        }
    }

    private void index(Channel channel) {
        channel.name().ifPresent(name -> {
            byName.put(name, channel);
            if (channel.isLocal() && name.instance().endsWith(";1")) {
                firstHalves.put(stem(name), channel);
            } else if (channel.isLocal() && name.instance().endsWith(";2")) {
                secondHalves.put(stem(name), channel);
            }
        });
    }

    private static String stem(ChannelName half) {
        String instance = half.instance();
        return half.endpoint() + "-" + instance.substring(0, instance.length() - 2);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Null if no row has the uniqueid. */
    Channel withUniqueid(String uniqueid) {
        return uniqueid == null ? null : byUniqueid.get(uniqueid);
    }

    Optional<Channel> named(String fullName) {
        return ChannelName.parse(fullName).map(byName::get);
    }

    /** A channel of another call, which stands in this call's rows only as somebody's peer; null if it is one of this call's. */
    Channel stranger(String fullName) {
        return ChannelName.parse(fullName)
                .filter(name -> !byName.containsKey(name))
                .map(name -> strangers.computeIfAbsent(name, unseen -> Channel.named(fullName)))
                .orElse(null);
    }

    List<Channel> all() {
        return all;
    }

    /** The channels that belong to people or trunks, not to Asterisk's own plumbing. */
    List<Channel> persons() {
        List<Channel> persons = new ArrayList<>(all);
        persons.removeIf(channel -> !channel.isPerson());
        return persons;
    }

    /** The other end of a Local channel. */
    Optional<Channel> otherHalf(Channel half) {
        if (!half.isLocal()) {
            return Optional.empty();
        }
        return half.name().filter(name -> name.instance().length() > 2).flatMap(name -> {
            Channel first = firstHalves.get(stem(name));
            Channel second = secondHalves.get(stem(name));
            return Optional.ofNullable(half == first ? second : first);
        });
    }
}
