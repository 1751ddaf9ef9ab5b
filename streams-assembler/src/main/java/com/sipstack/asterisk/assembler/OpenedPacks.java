package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.CallKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The packs of calls, and those that were asked for lately: late rows of a call mostly come together, and a pack is opened once for all of
 * them. Belongs to the task's thread.
 */
final class OpenedPacks {
    private static final int MOST = 256;
    private static final long MOST_BYTES = 8L << 20;

    private final KeyValueStore<String, byte[]> packs;
    private final LinkedHashMap<CallKey, Pack> opened = new LinkedHashMap<>(MOST, 0.75f, true);
    private long bytes;

    /**
     * A call's rows as they were packed, or what is left of them.
     *
     * @param rows by name
     * @param isMarks whether only marks are left
     */
    @SuppressWarnings("ArrayRecordComponent") // packs are never compared
    record Pack(Map<String, byte[]> rows, long[] marks, boolean isMarks, int size) {
        static final Pack NONE = new Pack(Map.of(), new long[0], false, 0);

        static Pack of(byte[] packed) {
            Map<String, byte[]> rows = RowPack.rowsIn(packed);
            int size = packed.length
                    + rows.values().stream().mapToInt(row -> row.length).sum();
            return new Pack(rows, RowPack.marksIn(packed), RowPack.isMarks(packed), size);
        }
    }

    OpenedPacks(KeyValueStore<String, byte[]> packs) {
        this.packs = packs;
    }

    Pack of(CallKey call) {
        Pack known = opened.get(call);
        if (known != null) {
            return known;
        }
        byte[] packed = packs.get(call.toString());
        return keep(call, packed == null ? Pack.NONE : Pack.of(packed));
    }

    void put(CallKey call, byte[] packed) {
        drop(call);
        packs.put(call.toString(), packed);
    }

    void delete(CallKey call) {
        drop(call);
        packs.delete(call.toString());
    }

    private Pack keep(CallKey call, Pack pack) {
        opened.put(call, pack);
        bytes += pack.size();
        while (opened.size() > MOST || (bytes > MOST_BYTES && opened.size() > 1)) {
            drop(opened.keySet().iterator().next());
        }
        return pack;
    }

    private void drop(CallKey call) {
        Pack pack = opened.remove(call);
        bytes -= pack == null ? 0 : pack.size();
    }
}
