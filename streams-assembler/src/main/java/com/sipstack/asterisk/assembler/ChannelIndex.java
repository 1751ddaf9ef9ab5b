package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.assembler.interpret.NamedChannels;
import com.sipstack.asterisk.assembler.interpret.NamedRecordings;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.Row;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.common.cache.Cache;
import org.apache.kafka.common.cache.LRUCache;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** The call that each channel was first seen in, and the calls that are tied together. Belongs to the task's thread. */
final class ChannelIndex {
    /** A PBX that ties more calls than these together has lost its mind; the work for each row stays bounded. */
    private static final int MOST_TIED = 50;

    private static final int MOST_OWN = 4096;

    /** Stands before a file's name: among channels, and among a call's ties, where names are found again that no row has any more. */
    private static final String FILE = "file/";

    private final KeyValueStore<String, String> channels;
    private final KeyValueStore<Bytes, byte[]> ties;
    /** Channels that are known to be the call's own: most rows are of a channel that had one just now. */
    private final Cache<String, CallKey> own = new LRUCache<>(MOST_OWN);

    ChannelIndex(KeyValueStore<String, String> channels, KeyValueStore<Bytes, byte[]> ties) {
        this.channels = channels;
        this.ties = ties;
    }

    /**
     * A channel that goes over to another call ties the two together, and so does an event that names a channel of the other.
     *
     * @return whether the row tied the call to another
     */
    boolean learn(CallKey call, Row row) {
        boolean isTied = false;
        if (row.uniqueid() != null && !row.uniqueid().isBlank()) {
            isTied = learnChannel(call, channelKey(call.pbx(), row.uniqueid()));
        }
        NamedRecordings.nameIn(row).ifPresent(file -> learnFile(call, file));
        if (row instanceof Cel cel) {
            for (String uniqueid : NamedChannels.of(cel)) {
                isTied |= tie(call, callOf(call.pbx(), uniqueid));
            }
        }
        return isTied;
    }

    private void learnFile(CallKey call, String file) {
        if (channels.get(fileKey(call.pbx(), file)) == null) {
            ties.put(StoreKeys.under(call, FILE + file), StoreKeys.EMPTY);
            channels.put(fileKey(call.pbx(), file), call.linkedid());
        }
    }

    private boolean learnChannel(CallKey call, String channel) {
        if (call.equals(own.get(channel))) {
            return false;
        }
        String first = channels.putIfAbsent(channel, call.linkedid());
        if (first == null || first.equals(call.linkedid())) {
            own.put(channel, call);
            return false;
        }
        return tie(call, new CallKey(call.pbx(), first));
    }

    /** The call of a channel; null if it is not known. */
    CallKey callOf(String pbx, String uniqueid) {
        String linkedid = channels.get(channelKey(pbx, uniqueid));
        return linkedid == null ? null : new CallKey(pbx, linkedid);
    }

    /** The call that a recording's file was named in, while its rows are kept; null if there is none. */
    CallKey callOfFile(String pbx, String file) {
        String linkedid = channels.get(fileKey(pbx, file));
        return linkedid == null ? null : new CallKey(pbx, linkedid);
    }

    private boolean tie(CallKey a, CallKey b) {
        boolean areTwo = b != null && !b.equals(a);
        if (areTwo) {
            ties.put(StoreKeys.under(a, b.linkedid()), StoreKeys.EMPTY);
            ties.put(StoreKeys.under(b, a.linkedid()), StoreKeys.EMPTY);
        }
        return areTwo;
    }

    /** The calls that are tied to one, over others too. */
    Set<CallKey> tiedTo(CallKey call) {
        Set<CallKey> others = withTied(call);
        others.remove(call);
        return others;
    }

    /** The call itself and those that are tied to it, over others too. */
    Set<CallKey> withTied(CallKey call) {
        return withTied(call, MOST_TIED);
    }

    /** The same, with however many are tied to one: for what must leave out none of them and is done once. */
    Set<CallKey> withAllTied(CallKey call) {
        return withTied(call, Integer.MAX_VALUE);
    }

    private Set<CallKey> withTied(CallKey call, int most) {
        Set<CallKey> found = new LinkedHashSet<>(Set.of(call));
        Deque<CallKey> open = new ArrayDeque<>(found);
        while (!open.isEmpty() && found.size() < MOST_TIED) {
            CallKey next = open.pop();
            StoreKeys.scanWhile(ties, next.toString(), () -> found.size() < most, entry -> {
                CallKey other = otherEnd(next, entry.key);
                if (!isFile(other.linkedid()) && found.add(other)) {
                    open.add(other);
                }
            });
        }
        return found;
    }

    /** Forgets a call's channels and ties. */
    void forget(CallKey call, Collection<Row> rows) {
        for (Row row : rows) {
            String channel = channelKey(call.pbx(), row.uniqueid());
            if (call.linkedid().equals(channels.get(channel))) {
                channels.delete(channel);
                own.remove(channel);
            }
            // Those of an earlier release have nothing among the ties
            NamedRecordings.nameIn(row).ifPresent(file -> channels.delete(fileKey(call.pbx(), file)));
        }
        StoreKeys.scan(ties, call, entry -> {
            CallKey other = otherEnd(call, entry.key);
            ties.delete(entry.key);
            if (isFile(other.linkedid())) {
                channels.delete(channelKey(call.pbx(), other.linkedid()));
            } else {
                ties.delete(StoreKeys.under(other, call.linkedid()));
            }
        });
    }

    private static boolean isFile(String tied) {
        return tied.startsWith(FILE);
    }

    private static CallKey otherEnd(CallKey call, Bytes tie) {
        return new CallKey(call.pbx(), StoreKeys.nameIn(tie, call.toString()));
    }

    private static String fileKey(String pbx, String file) {
        return channelKey(pbx, FILE + file);
    }

    private static String channelKey(String pbx, String uniqueid) {
        return pbx + '|' + uniqueid;
    }
}
