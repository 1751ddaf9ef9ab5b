package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.UniqueId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channel counters of the PBXs' nodes, which tell when a node was started again. An Asterisk process numbers its channels from 0
 * on, {@code [systemname-]epoch.number}, so a channel that is younger than another of its process has a greater number. One that is
 * younger and has a smaller one belongs to a new process, and what the old one had open is gone. A row that comes late is no
 * sign: its channel is older. Belongs to the task's thread.
 */
final class NodeCounters {
    private static final Logger log = LoggerFactory.getLogger(NodeCounters.class);
    private static final long MICROS = 1_000_000;
    /** How far a PBX's clock may be ahead of ours. Seconds. */
    private static final long AHEAD = 3_600;

    private final KeyValueStore<String, byte[]> nodes;

    NodeCounters(KeyValueStore<String, byte[]> nodes) {
        this.nodes = nodes;
    }

    /**
     * A channel began.
     *
     * @param now milliseconds since 1970; a channel that is later by far was begun by a wrong clock and tells nothing
     * @return whether this tells that its node was started again
     */
    boolean observe(String pbx, String uniqueid, long now) {
        UniqueId channel = UniqueId.parse(uniqueid).orElse(null);
        if (channel == null || channel.epochSecond() > now / 1_000 + AHEAD) {
            return false;
        }
        String node = nodeKey(pbx, channel);
        NodeCounter before = counter(node);
        NodeCounter after = before == null ? NodeCounter.first(channel) : before.next(channel);
        if (after.equals(before)) {
            return false;
        }
        nodes.put(node, after.toBytes());
        if (before != null && after.isShared() && !before.isShared()) {
            log.warn("Several nodes of PBX {} count channels under one systemname: their restarts cannot be told", pbx);
        }
        return before != null && after.startedAt() > before.startedAt();
    }

    /**
     * Whether channels belong to a process that is no more.
     *
     * @param uniqueids what a client assigned among them tells nothing; at least one must tell
     * @param lastEvent the latest time that their rows tell, UTC microseconds: nothing happens on a channel after its process's end
     */
    boolean isGone(String pbx, Collection<String> uniqueids, long lastEvent) {
        List<UniqueId> channels = uniqueids.stream()
                .map(UniqueId::parse)
                .flatMap(Optional::stream)
                .toList();
        return !channels.isEmpty() && channels.stream().allMatch(channel -> isGone(pbx, channel, lastEvent));
    }

    private boolean isGone(String pbx, UniqueId channel, long lastEvent) {
        NodeCounter counter = counter(nodeKey(pbx, channel));
        return counter != null && counter.isGone(channel) && lastEvent < (counter.startedAt() + 1) * MICROS;
    }

    private NodeCounter counter(String node) {
        byte[] bytes = nodes.get(node);
        return bytes == null ? null : NodeCounter.fromBytes(bytes);
    }

    private static String nodeKey(String pbx, UniqueId channel) {
        return pbx + '|' + channel.systemName();
    }
}
