package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.assembler.CallState.Stage;
import com.sipstack.asterisk.assembler.SeenRow.Told;
import com.sipstack.asterisk.assembler.interpret.CallRows;
import com.sipstack.asterisk.model.CallKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The stores of a task: rows in blocks under their call's key, one state for each call, the times at which calls are due, sorted,
 * the call that each channel was first seen in, the calls that are tied together, those of each PBX that are open, recordings, and
 * what is known of the PBXs themselves.
 * Each step costs the same whatever the number of open or finished calls. Belongs to the task's thread.
 */
final class CallStores {
    static final String ROWS = "rows";
    static final String PACKS = "packs";
    static final String CALLS = "calls";
    static final String OPEN = "open";
    static final String TIMERS = "timers";
    static final String CHANNELS = "channels";
    static final String TIES = "ties";
    static final String PBXS = "pbxs";
    static final String RECORDINGS = "recordings";
    static final String RECORDING_TIMERS = "recording-timers";

    /** A pack stands for many rows, a document that was sent beside a call's state for all: each goes into one record of the changelog. */
    private static final int LARGEST_VALUE = 8 * 1024 * 1024;

    /** Some hundred bytes each. */
    private static final int MOST_AT_HAND = 10_000;

    private static final int NONE_AT_HAND = 0;

    private final RowStore rows;
    private final KeyValueStore<String, byte[]> calls;
    private final KeyValueStore<Bytes, byte[]> open;
    private final CallTimers timers;
    private final ChannelIndex channels;
    private final RecordingStore recordings;

    private final OpenCalls openCalls;

    CallStores(ProcessorContext<?, ?> context, OpenCalls openCalls) {
        this.openCalls = openCalls;
        KeyValueStore<Bytes, byte[]> blocks = context.getStateStore(ROWS);
        RowBlocks single = new RowBlocks(
                blocks, this::isOfEarlierRelease, context::currentSystemTimeMs, RowBlocks.MOST_REMEMBERED);
        single.holdBack(CommitBuffer.beforeCommit(blocks, single::write));
        this.rows = new RowStore(single, context.getStateStore(PACKS));
        this.calls = context.getStateStore(CALLS);
        this.open = context.getStateStore(OPEN);
        this.timers = new CallTimers(context.getStateStore(TIMERS));
        this.channels = new ChannelIndex(context.getStateStore(CHANNELS), context.getStateStore(TIES));
        this.recordings =
                new RecordingStore(context.getStateStore(RECORDINGS), context.getStateStore(RECORDING_TIMERS));
    }

    /**
     * @param isExactlyOnce whether what is written between two commits is there as a whole or not at all. Otherwise nothing is held back: a
     *     process that dies would leave, say, a timer moved and a state that does not say so
     */
    static List<StoreBuilder<?>> builders(boolean isExactlyOnce) {
        return List.of(
                held(isExactlyOnce, store(ROWS, Serdes.Bytes(), Serdes.ByteArray()), NONE_AT_HAND),
                ofLargeValues(PACKS),
                held(isExactlyOnce, ofLargeValues(CALLS), MOST_AT_HAND),
                store(OPEN, Serdes.Bytes(), Serdes.ByteArray()),
                store(TIMERS, Serdes.Bytes(), Serdes.ByteArray()),
                held(isExactlyOnce, store(CHANNELS, Serdes.String(), Serdes.String()), MOST_AT_HAND),
                store(TIES, Serdes.Bytes(), Serdes.ByteArray()),
                store(RECORDINGS, Serdes.Bytes(), Serdes.ByteArray()),
                store(RECORDING_TIMERS, Serdes.Bytes(), Serdes.ByteArray()),
                held(isExactlyOnce, store(PBXS, Serdes.String(), Serdes.ByteArray()), MOST_AT_HAND),
                OpenCalls.builder());
    }

    private static <K, V> StoreBuilder<KeyValueStore<K, V>> held(
            boolean isHeld, StoreBuilder<KeyValueStore<K, V>> store, int mostAtHand) {
        return isHeld ? CommitBuffer.before(store, mostAtHand) : store;
    }

    private static StoreBuilder<KeyValueStore<String, byte[]>> ofLargeValues(String name) {
        return store(name, Serdes.String(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of("max.message.bytes", Integer.toString(LARGEST_VALUE)));
    }

    private static <K, V> StoreBuilder<KeyValueStore<K, V>> store(String name, Serde<K> keys, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), keys, values);
    }

    RowStore rows() {
        return rows;
    }

    ChannelIndex channels() {
        return channels;
    }

    RecordingStore recordings() {
        return recordings;
    }

    CallTimers timers() {
        return timers;
    }

    /** The rows of a call and of all that are tied to it. */
    CallRows story(CallKey call, CallState state) {
        Stream<Told> found = together(call, state).stream().flatMap(one -> rows.of(one).stream());
        return CallRows.of(call, RowStore.inOrder(found));
    }

    /** A call and all that are tied to it. */
    Set<CallKey> together(CallKey call, CallState state) {
        return state.isAlone() ? Set.of(call) : channels.withTied(call);
    }

    /** Null for a call that is not known. */
    CallState state(CallKey call) {
        byte[] bytes = calls.get(call.toString());
        return bytes == null ? null : CallState.fromBytes(bytes);
    }

    private boolean isOfEarlierRelease(CallKey call) {
        CallState state = state(call);
        return state != null && !state.storage().isInBlocks();
    }

    /** Keeps a call's state and moves its timer to where the state says. */
    void put(CallKey call, CallState before, CallState after) {
        calls.put(call.toString(), after.toBytes());
        openCalls.moved(before, after);
        timers.move(call.toString(), before == null ? CallState.NEVER : before.due(), after.due());
        boolean wasOpen = before != null && before.stage() == Stage.OPEN;
        boolean isOpen = after.stage() == Stage.OPEN;
        if (isOpen && !wasOpen) {
            open.put(StoreKeys.under(call.pbx(), call.linkedid()), StoreKeys.EMPTY);
        } else if (wasOpen && !isOpen) {
            open.delete(StoreKeys.under(call.pbx(), call.linkedid()));
        }
    }

    /** Sets again what a process that died without transactions may have left unset beside the states of a call and of those tied to it. */
    void mend(CallKey call) {
        for (CallKey told : channels.withTied(call)) {
            CallState state = state(told);
            if (state != null) {
                timers.move(told.toString(), CallState.NEVER, state.due());
            }
            if (state != null && state.stage() == Stage.OPEN) {
                open.put(StoreKeys.under(told.pbx(), told.linkedid()), StoreKeys.EMPTY);
            }
        }
    }

    /** The calls of a PBX that are open. */
    List<CallKey> openCalls(String pbx) {
        List<CallKey> found = new ArrayList<>();
        StoreKeys.scan(open, pbx, entry -> found.add(new CallKey(pbx, StoreKeys.nameIn(entry.key, pbx))));
        return found;
    }

    /** All that go on. */
    List<CallKey> openCalls() {
        List<CallKey> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = open.all()) {
            entries.forEachRemaining(entry -> {
                String pbx = StoreKeys.ownerIn(entry.key);
                found.add(new CallKey(pbx, StoreKeys.nameIn(entry.key, pbx)));
            });
        }
        return found;
    }

    /** Drops a call's rows, channels and ties, and leaves marks of the rows. */
    void dropRows(CallKey call) {
        channels.forget(call, RowStore.inOrder(rows.of(call).stream()));
        rows.leaveMarks(call);
    }

    void forget(CallKey call, CallState state) {
        rows.forget(call);
        timers.move(call.toString(), state.due(), CallState.NEVER);
        calls.delete(call.toString());
    }
}
