package com.sipstack.asterisk.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * What is left of a call's rows in the end: eight bytes for each time that a source has seen one. Those of earlier releases stand among
 * them; they tell only what the same source has read.
 */
final class RowMarks {
    private final long[] marks;

    RowMarks(long[] marks) {
        this.marks = marks;
    }

    /** Marks of one group, one after the other. */
    static long[] fromBytes(byte[] bytes) {
        long[] marks = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).asLongBuffer().get(marks);
        return marks;
    }

    static byte[] toBytes(long... marks) {
        ByteBuffer out = ByteBuffer.allocate(marks.length * Long.BYTES);
        out.asLongBuffer().put(marks);
        return out.array();
    }

    /** The mark that earlier releases left of a row. */
    static long former(String identity, byte[] row) {
        byte[] name = identity.getBytes(UTF_8);
        return ContentHash.of(ByteBuffer.allocate(name.length + 1 + row.length)
                .put(name)
                .put((byte) 0)
                .put(row)
                .array());
    }

    boolean hold(long mark) {
        return LongStream.of(marks).anyMatch(known -> known == mark);
    }

    RowMarks and(long[] more) {
        return new RowMarks(
                LongStream.concat(LongStream.of(marks), LongStream.of(more)).toArray());
    }

    /** Whether another source has seen more rows of the group than this one: then its next is one of those. */
    boolean othersSawMore(String group, Sighting sighting) {
        Map<Long, Integer> seen = new HashMap<>();
        LongStream.of(marks)
                .filter(mark -> Sighting.isOfGroup(mark, group))
                .forEach(mark -> seen.merge(Sighting.originOf(mark), 1, Integer::sum));
        int own = Objects.requireNonNullElse(seen.get(Sighting.originOf(sighting.mark(group))), 0);
        return seen.values().stream().anyMatch(count -> count > own);
    }
}
