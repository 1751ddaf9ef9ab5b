package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.assembler.OpenedPacks.Pack;
import com.sipstack.asterisk.assembler.RowGroup.Taken;
import com.sipstack.asterisk.assembler.SeenRow.Told;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Row;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The rows of calls, each once though several sources have seen it. Those of an open call stand alone, in blocks; once its
 * complete document was written they are packed into one value, and later ones stand beside it until the next document. In the
 * end of the pack only marks are kept, by which a row is known again. Belongs to the task's thread.
 */
final class RowStore {
    /** Marks that came after the others were packed stand under this and their group's name. */
    private static final String LATE_MARKS = "~";

    private final RowBlocks rows;
    private final OpenedPacks packs;

    RowStore(RowBlocks rows, KeyValueStore<String, byte[]> packs) {
        this.rows = rows;
        this.packs = new OpenedPacks(packs);
    }

    /**
     * Keeps a row; an update of the PBX's takes the place of what it had said.
     *
     * @param state of the call; null if it was not known
     */
    Taken add(CallKey call, CallState state, ArrivedRow row) {
        boolean isPacked = state != null && state.isPacked();
        Pack pack = isPacked ? packs.of(call) : Pack.NONE;
        Entries entries = new Entries(call, pack);
        boolean mayBeFormer = state != null && !state.storage().isByGroup();
        byte[] before = mayBeFormer ? entries.bytes(row.former()) : null;
        if (before != null) {
            return replace(entries, row.former(), before, row.bytes());
        }
        String group = RowIdentity.group(row.row());
        boolean isMarked = pack.isMarks()
                && (new RowMarks(pack.marks()).hold(RowMarks.former(row.former(), row.bytes()))
                        || isMarked(entries, pack, group, row.sighting()));
        return isMarked ? Taken.KNOWN : new RowGroup(entries, group).add(row);
    }

    private static Taken replace(Entries entries, String name, byte[] before, byte[] row) {
        if (Arrays.equals(before, row)) {
            return Taken.KNOWN;
        }
        entries.put(name, row);
        return Taken.RICHER;
    }

    /** Rows that are gone cannot be made better; that one more source has seen them is all there is to remember. */
    private static boolean isMarked(Entries entries, Pack pack, String group, Sighting sighting) {
        byte[] late = entries.bytes(LATE_MARKS + group);
        long[] lateMarks = late == null ? new long[0] : RowMarks.fromBytes(late);
        RowMarks marks = new RowMarks(pack.marks()).and(lateMarks);
        long mark = sighting.mark(group);
        if (marks.hold(mark)) {
            return true;
        }
        boolean isOfOthers = marks.othersSawMore(group, sighting);
        if (isOfOthers) {
            entries.put(LATE_MARKS + group, RowMarks.toBytes(append(lateMarks, mark)));
        }
        return isOfOthers;
    }

    private static long[] append(long[] marks, long mark) {
        long[] all = Arrays.copyOf(marks, marks.length + 1);
        all[marks.length] = mark;
        return all;
    }

    /**
     * All rows of a call, those of its pack too. Whether there is one, its state alone does not tell: without transactions, a process
     * that dies may leave a pack, and no state that knows of it.
     */
    List<Told> of(CallKey call) {
        Map<String, Told> told = new TreeMap<>();
        packs.of(call).rows().forEach((name, row) -> read(name, row, true, told));
        rows.of(call).forEach((name, row) -> read(name, row, false, told));
        return List.copyOf(told.values());
    }

    /** The rows that came since the call's rows were last packed; all of them if they never were. */
    List<Row> unpacked(CallKey call) {
        return inOrder(toldUnpacked(call).values().stream());
    }

    /** @param occurrence which it is of the call's rows that may say the same, from 1 on: the same whenever it is sent */
    record Unsent(Row row, int occurrence) {}

    /** Those of them that did not leave for the raw endpoint. */
    List<Unsent> unsent(CallKey call) {
        return toldUnpacked(call).entrySet().stream()
                .filter(entry -> !entry.getValue().isSent())
                .sorted(Comparator.comparingLong(entry -> entry.getValue().arrival()))
                .map(entry -> new Unsent(entry.getValue().row(), RowGroup.occurrence(entry.getKey())))
                .toList();
    }

    private Map<String, Told> toldUnpacked(CallKey call) {
        Map<String, Told> told = new TreeMap<>();
        rows.of(call).forEach((name, row) -> read(name, row, false, told));
        return told;
    }

    /** Those of origins without positions in the order of reading. */
    static List<Row> inOrder(Stream<Told> told) {
        return told.sorted(Comparator.comparingLong(Told::arrival))
                .map(Told::row)
                .toList();
    }

    private static void read(String name, byte[] bytes, boolean isPacked, Map<String, Told> into) {
        if (isRow(name)) {
            into.put(name, Told.fromBytes(bytes, isPacked));
        }
    }

    private static boolean isRow(String name) {
        return !name.startsWith(LATE_MARKS) && name.indexOf(RowGroup.INDEX) < 0;
    }

    /** Packs the rows that stand alone. */
    void pack(CallKey call) {
        Map<String, byte[]> single = rows.of(call);
        if (!single.isEmpty()) {
            Map<String, byte[]> all = new TreeMap<>(packs.of(call).rows());
            all.putAll(single);
            packs.put(call, RowPack.ofRows(all));
            rows.drop(call);
        }
    }

    /** Keeps only marks of the rows. */
    void leaveMarks(CallKey call) {
        Pack pack = packs.of(call);
        Map<String, byte[]> all = new TreeMap<>(pack.rows());
        all.putAll(rows.of(call));
        LongStream marks = all.entrySet().stream().flatMapToLong(entry -> marksOf(entry.getKey(), entry.getValue()));
        packs.put(
                call,
                RowPack.ofMarks(
                        LongStream.concat(LongStream.of(pack.marks()), marks).toArray()));
        dropUnpacked(call);
    }

    private static LongStream marksOf(String name, byte[] bytes) {
        if (name.startsWith(LATE_MARKS)) {
            return LongStream.of(RowMarks.fromBytes(bytes));
        } else if (!isRow(name)) {
            return LongStream.empty();
        } else if (!name.startsWith(RowIdentity.GROUP)) {
            return LongStream.of(RowMarks.former(name, bytes));
        }
        int twin = name.indexOf(RowGroup.TWIN);
        String group = twin < 0 ? name : name.substring(0, twin);
        return SeenRow.fromBytes(bytes, true).sightings().stream().mapToLong(sighting -> sighting.mark(group));
    }

    /** Drops the rows that stand alone. */
    void dropUnpacked(CallKey call) {
        rows.drop(call);
    }

    void forget(CallKey call) {
        dropUnpacked(call);
        packs.delete(call);
    }

    /** What stands alone counts before what is in the pack. */
    private final class Entries implements RowGroup.Shelf {
        private final CallKey call;
        private final Pack pack;

        Entries(CallKey call, Pack pack) {
            this.call = call;
            this.pack = pack;
        }

        @Override
        public byte[] bytes(String name) {
            byte[] single = rows.get(call, name);
            return single != null ? single : pack.rows().get(name);
        }

        @Override
        public SeenRow row(String name) {
            byte[] single = rows.get(call, name);
            byte[] bytes = single != null ? single : pack.rows().get(name);
            return bytes == null ? null : SeenRow.fromBytes(bytes, single == null);
        }

        @Override
        public void put(String name, byte[] bytes) {
            rows.put(call, name, bytes);
        }
    }
}
