package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The rows of calls. Those of an open call stand under keys of their own; once its complete document was written they are packed
 * into one value, and later ones stand beside it until the next document. In the end of the pack only marks are kept, by which
 * a row is known again. Belongs to the task's thread.
 */
final class RowStore {
    private final KeyValueStore<Bytes, byte[]> rows;
    private final KeyValueStore<String, byte[]> packs;

    RowStore(KeyValueStore<Bytes, byte[]> rows, KeyValueStore<String, byte[]> packs) {
        this.rows = rows;
        this.packs = packs;
    }

    /**
     * Keeps a row; an update of the PBX's takes the place of what it had said.
     *
     * @param isPacked whether the call has a pack
     * @param identity the same when the row is read twice
     * @return false if the same row was there already
     */
    boolean add(CallKey call, boolean isPacked, String identity, Row row) {
        Bytes key = StoreKeys.under(call, identity);
        byte[] bytes = RowCodec.toBytes(row);
        byte[] before = rows.get(key);
        boolean isKnown = before != null
                ? Arrays.equals(before, bytes)
                : isPacked && RowPack.holds(packs.get(call.toString()), identity, bytes);
        if (!isKnown) {
            rows.put(key, bytes);
        }
        return !isKnown;
    }

    /** All rows of a call, those of its pack too. */
    List<Row> of(CallKey call) {
        return rowsOf(everything(call));
    }

    /** The rows that came since the call's rows were last packed; all of them if they never were. */
    List<Row> unpacked(CallKey call) {
        return rowsOf(single(call));
    }

    private static List<Row> rowsOf(Map<String, byte[]> entries) {
        return entries.values().stream().map(RowCodec::fromBytes).toList();
    }

    /** Packs the rows that stand alone. */
    void pack(CallKey call) {
        Map<String, byte[]> single = single(call);
        if (!single.isEmpty()) {
            packs.put(call.toString(), RowPack.ofRows(everything(call)));
            dropUnpacked(call);
        }
    }

    /** Keeps only marks of the rows. */
    void leaveMarks(CallKey call) {
        Map<String, byte[]> single = single(call);
        byte[] pack = packs.get(call.toString());
        packs.put(call.toString(), RowPack.marksOf(pack, single));
        dropUnpacked(call);
    }

    /** Drops the rows that stand alone. */
    void dropUnpacked(CallKey call) {
        single(call).keySet().forEach(identity -> rows.delete(StoreKeys.under(call, identity)));
    }

    void forget(CallKey call) {
        dropUnpacked(call);
        packs.delete(call.toString());
    }

    private Map<String, byte[]> everything(CallKey call) {
        Map<String, byte[]> entries = new TreeMap<>();
        byte[] pack = packs.get(call.toString());
        if (pack != null) {
            entries.putAll(RowPack.rowsIn(pack));
        }
        entries.putAll(single(call));
        return entries;
    }

    private Map<String, byte[]> single(CallKey call) {
        Map<String, byte[]> entries = new TreeMap<>();
        StoreKeys.scan(rows, call, entry -> entries.put(StoreKeys.nameIn(entry.key, call.toString()), entry.value));
        return entries;
    }
}
