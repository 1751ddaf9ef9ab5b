package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.assembler.interpret.CallRows;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Row;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The stores of a task: rows under their call's key, one state for each call, the times at which calls are due, sorted, the call
 * that each channel was first seen in, and the calls that are tied together.
 * Each step costs the same whatever the number of open or finished calls. Belongs to the task's thread.
 */
final class CallStores {
    static final String ROWS = "rows";
    static final String CALLS = "calls";
    static final String TIMERS = "timers";
    static final String CHANNELS = "channels";
    static final String TIES = "ties";

    /** A PBX that ties more calls than these together has lost its mind; the work for each row stays bounded. */
    private static final int MOST_TIED = 50;

    private static final byte[] EMPTY = new byte[0];
    private static final char SEPARATOR = '\0';
    private static final Serializer<String> TEXT = new StringSerializer();

    private final KeyValueStore<Bytes, byte[]> rows;
    private final KeyValueStore<String, byte[]> calls;
    private final KeyValueStore<Bytes, byte[]> timers;
    private final KeyValueStore<String, String> channels;
    private final KeyValueStore<Bytes, byte[]> ties;
    /** No timer is earlier: a scan that began before would pass over all that were deleted, again and again. */
    private long noneBefore;

    private final OpenCalls openCalls;

    CallStores(ProcessorContext<?, ?> context, OpenCalls openCalls) {
        this.openCalls = openCalls;
        this.rows = context.getStateStore(ROWS);
        this.calls = context.getStateStore(CALLS);
        this.timers = context.getStateStore(TIMERS);
        this.channels = context.getStateStore(CHANNELS);
        this.ties = context.getStateStore(TIES);
    }

    static List<StoreBuilder<?>> builders() {
        return List.of(
                store(ROWS, Serdes.Bytes(), Serdes.ByteArray()),
                store(CALLS, Serdes.String(), Serdes.ByteArray()),
                store(TIMERS, Serdes.Bytes(), Serdes.ByteArray()),
                store(CHANNELS, Serdes.String(), Serdes.String()),
                store(TIES, Serdes.Bytes(), Serdes.ByteArray()),
                OpenCalls.builder());
    }

    private static <K, V> StoreBuilder<KeyValueStore<K, V>> store(String name, Serde<K> keys, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), keys, values);
    }

    /**
     * Keeps a row; an update of the PBX's takes the place of what it had said.
     *
     * @param identity the same when the row is read twice
     * @return false if the same row was there already
     */
    boolean addRow(CallKey call, String identity, Row row) {
        Bytes key = under(call, identity);
        byte[] bytes = RowCodec.toBytes(row);
        boolean isNews = !Arrays.equals(rows.get(key), bytes);
        if (isNews) {
            rows.put(key, bytes);
        }
        return isNews;
    }

    /** The rows of a call and of all that are tied to it. */
    CallRows rows(CallKey call) {
        List<Row> found = new ArrayList<>();
        for (CallKey one : withTied(call)) {
            scan(rows, one, entry -> found.add(RowCodec.fromBytes(entry.value)));
        }
        return CallRows.of(call, found);
    }

    /** Forgets a call's rows, its channels and its ties. */
    void dropRows(CallKey call) {
        scan(rows, call, entry -> {
            dropChannel(call, RowCodec.fromBytes(entry.value).uniqueid());
            rows.delete(entry.key);
        });
        scan(ties, call, entry -> {
            ties.delete(entry.key);
            ties.delete(under(otherEnd(call, entry.key), call.linkedid()));
        });
    }

    private void dropChannel(CallKey call, String uniqueid) {
        String channel = channelKey(call.pbx(), uniqueid);
        if (call.linkedid().equals(channels.get(channel))) {
            channels.delete(channel);
        }
    }

    /**
     * Remembers the call in which a channel was first seen.
     *
     * @return that call, which is another one if the channel went over to this one; null if this is the first row of the channel
     */
    CallKey firstCallOf(String uniqueid, CallKey call) {
        String first = channels.putIfAbsent(channelKey(call.pbx(), uniqueid), call.linkedid());
        return first == null ? null : new CallKey(call.pbx(), first);
    }

    /** The call of a channel that another call speaks of; null if it is not known. */
    CallKey callOf(String pbx, String uniqueid) {
        String linkedid = channels.get(channelKey(pbx, uniqueid));
        return linkedid == null ? null : new CallKey(pbx, linkedid);
    }

    void tie(CallKey a, CallKey b) {
        ties.put(under(a, b.linkedid()), EMPTY);
        ties.put(under(b, a.linkedid()), EMPTY);
    }

    /** The call itself and those that are tied to it, over others too. */
    Set<CallKey> withTied(CallKey call) {
        Set<CallKey> found = new LinkedHashSet<>(Set.of(call));
        Deque<CallKey> open = new ArrayDeque<>(found);
        while (!open.isEmpty() && found.size() < MOST_TIED) {
            CallKey next = open.pop();
            scan(ties, next, entry -> {
                CallKey other = otherEnd(next, entry.key);
                if (found.add(other)) {
                    open.add(other);
                }
            });
        }
        return found;
    }

    private static CallKey otherEnd(CallKey call, Bytes tie) {
        int prefix = (call.toString() + SEPARATOR).getBytes(StandardCharsets.UTF_8).length;
        byte[] key = tie.get();
        return new CallKey(call.pbx(), new String(key, prefix, key.length - prefix, StandardCharsets.UTF_8));
    }

    private static String channelKey(String pbx, String uniqueid) {
        return pbx + '|' + uniqueid;
    }

    private static Bytes under(CallKey call, String name) {
        return Bytes.wrap((call.toString() + SEPARATOR + name).getBytes(StandardCharsets.UTF_8));
    }

    private static void scan(
            KeyValueStore<Bytes, byte[]> store, CallKey call, Consumer<KeyValue<Bytes, byte[]>> consumer) {
        try (KeyValueIterator<Bytes, byte[]> entries = store.prefixScan(call.toString() + SEPARATOR, TEXT)) {
            entries.forEachRemaining(consumer);
        }
    }

    /** Null for a call that is not known. */
    CallState state(CallKey call) {
        byte[] bytes = calls.get(call.toString());
        return bytes == null ? null : CallState.fromBytes(bytes);
    }

    /** Keeps a call's state and moves its timer to where the state says. */
    void put(CallKey call, CallState before, CallState after) {
        calls.put(call.toString(), after.toBytes());
        openCalls.moved(before, after);
        if (before == null || before.due() != after.due()) {
            if (before != null) {
                deleteTimer(call, before.due());
            }
            if (after.due() != CallState.NEVER) {
                timers.put(timerKey(call.toString(), after.due()), EMPTY);
                noneBefore = Math.min(noneBefore, after.due());
            }
        }
    }

    void forget(CallKey call, CallState state) {
        deleteTimer(call, state.due());
        calls.delete(call.toString());
    }

    private void deleteTimer(CallKey call, long due) {
        if (due != CallState.NEVER) {
            timers.delete(timerKey(call.toString(), due));
        }
    }

    /** When the next call is due; {@link CallState#NEVER} if none is. */
    long nextDue() {
        try (KeyValueIterator<Bytes, byte[]> entries = timers.range(timerKey("", noneBefore), null)) {
            noneBefore = entries.hasNext()
                    ? ByteBuffer.wrap(entries.next().key.get()).getLong()
                    : CallState.NEVER;
        }
        return noneBefore;
    }

    /** Calls that are due now, the earliest first; at most so many. */
    List<CallKey> due(long now, int limit) {
        if (noneBefore > now) {
            return List.of();
        }
        List<CallKey> due = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = timers.range(timerKey("", noneBefore), timerKey("", now + 1))) {
            while (entries.hasNext() && due.size() < limit) {
                byte[] key = entries.next().key.get();
                due.add(CallKey.parse(new String(key, Long.BYTES, key.length - Long.BYTES, StandardCharsets.UTF_8)));
            }
        }
        return due;
    }

    /** Big-endian time first, so that the store's order is that of time. */
    private static Bytes timerKey(String call, long due) {
        byte[] name = call.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + name.length)
                .putLong(due)
                .put(name)
                .array());
    }
}
