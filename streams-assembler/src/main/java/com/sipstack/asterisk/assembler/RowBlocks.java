package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.CallKey;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The entries of calls that stand alone, by name. What comes at about the same time goes into one block under one key, which
 * Streams' cache holds until the commit: most events of a call come in bursts. Calls of late are kept at hand as well. Belongs to the
 * task's thread.
 */
final class RowBlocks {
    /** No name of an entry begins so. Entries of earlier releases stand under keys of their own. */
    private static final String BLOCK = "#";

    private static final byte FORMAT = 2;
    /** The default of commit.interval.ms: what is older was written, and would be written again. */
    private static final long OPEN_MILLIS = 200;
    /** An entry that is added has its block copied. */
    private static final int LARGEST_BLOCK = 32 << 10;

    /** In bytes, of each task. */
    static final long MOST_AT_HAND = Runtime.getRuntime().maxMemory() / 64;

    /** Of an entry in a map, or of a call, beside the bytes. */
    private static final int OVERHEAD = 150;

    private final KeyValueStore<Bytes, byte[]> store;
    private final LongSupplier clock;
    private final LinkedHashMap<CallKey, Entries> atHand = new LinkedHashMap<>(64, 0.75f, true);
    private final long mostAtHand;
    private long size;

    /**
     * @param clock the machine's, in milliseconds
     * @param mostAtHand bytes of calls that are kept at hand
     */
    RowBlocks(KeyValueStore<Bytes, byte[]> store, LongSupplier clock, long mostAtHand) {
        this.store = store;
        this.clock = clock;
        this.mostAtHand = mostAtHand;
    }

    /** The entries of one call. */
    private static final class Entries {
        private final Map<String, byte[]> byName = new TreeMap<>();
        private final List<Bytes> keys = new ArrayList<>();
        private ByteArrayOutputStream block = new ByteArrayOutputStream();
        private long begun;
        private int size = OVERHEAD;

        private void add(String name, byte[] value) {
            byName.put(name, value);
            size += name.length() + value.length + OVERHEAD;
        }
    }

    /** The entries of a call in the order of their names. Not to be changed, and good until the next change of the call. */
    Map<String, byte[]> of(CallKey call) {
        return entries(call).byName;
    }

    void put(CallKey call, String name, byte[] value) {
        Entries entries = entries(call);
        int before = entries.size;
        entries.add(name, value);
        size += entries.size - before;
        long now = clock.getAsLong();
        if (entries.block.size() == 0 || entries.block.size() > LARGEST_BLOCK || now > entries.begun + OPEN_MILLIS) {
            begin(call, entries, now);
        }
        NamedBytes.write(name, value, entries.block);
        store.put(entries.keys.get(entries.keys.size() - 1), entries.block.toByteArray());
    }

    /** Drops all that a call has here. */
    void drop(CallKey call) {
        Entries entries = entries(call);
        entries.keys.forEach(store::delete);
        forget(call);
    }

    private static void begin(CallKey call, Entries entries, long now) {
        int number = entries.keys.size();
        entries.keys.add(StoreKeys.under(call, BLOCK + HexFormat.of().toHexDigits(number)));
        entries.block = new ByteArrayOutputStream();
        entries.block.write(FORMAT);
        entries.begun = now;
    }

    private Entries entries(CallKey call) {
        Entries known = atHand.get(call);
        if (known != null) {
            return known;
        }
        Entries read = read(call);
        atHand.put(call, read);
        size += read.size;
        while (size > mostAtHand && atHand.size() > 1) {
            forget(atHand.keySet().iterator().next());
        }
        return read;
    }

    private Entries read(CallKey call) {
        Entries entries = new Entries();
        List<KeyValue<Bytes, byte[]>> blocks = new ArrayList<>();
        StoreKeys.scan(store, call, entry -> {
            String name = StoreKeys.nameIn(entry.key, call.toString());
            entries.keys.add(entry.key);
            if (name.startsWith(BLOCK)) {
                blocks.add(entry);
            } else {
                entries.add(name, entry.value);
            }
        });
        // What they say is newer
        blocks.forEach(block -> NamedBytes.read(contentOf(block.value), entries::add));
        return entries;
    }

    private static ByteBuffer contentOf(byte[] block) {
        if (block[0] != FORMAT) {
            throw UnreadableStateException.ofFormat("a block of rows", block[0], "" + FORMAT);
        }
        return ByteBuffer.wrap(block, 1, block.length - 1);
    }

    private void forget(CallKey call) {
        Entries entries = atHand.remove(call);
        size -= entries == null ? 0 : entries.size;
    }
}
