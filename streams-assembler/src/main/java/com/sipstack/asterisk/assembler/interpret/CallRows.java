package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The rows of one call, in order: those of one table as they were written, those of several merged by time. Where channels went
 * over from one call to another, the rows of all calls that were tied together, whatever linkedid they have.
 *
 * @param key of the call that a document is wanted of
 * @param cels channel events
 * @param cdrs legs, by their start
 */
public record CallRows(CallKey key, List<Cel> cels, List<Cdr> cdrs) {
    public CallRows {
        cels = List.copyOf(cels);
        cdrs = List.copyOf(cdrs);
    }

    /** Takes rows in any order. A row that is there twice counts once. */
    public static CallRows of(CallKey key, Collection<? extends Row> rows) {
        Set<RowOrder.Place> seen = new HashSet<>();
        List<Cel> cels = new ArrayList<>();
        List<Cdr> cdrs = new ArrayList<>();
        for (Row row : rows) {
            if (row.provenance().position() != null && !seen.add(RowOrder.placeOf(row))) {
                continue;
            }
            if (row instanceof Cel cel) {
                cels.add(cel);
            } else if (row instanceof Cdr cdr) {
                cdrs.add(cdr);
            }
        }
        return new CallRows(key, RowOrder.asWritten(cels), RowOrder.byTime(cdrs));
    }

    public boolean isEmpty() {
        return cels.isEmpty() && cdrs.isEmpty();
    }

    /** The rows that have the call's own linkedid, or none. */
    CallRows own() {
        Predicate<Row> isOwn = this::isOwn;
        return new CallRows(
                key,
                cels.stream().filter(isOwn).toList(),
                cdrs.stream().filter(isOwn).toList());
    }

    Stream<Row> all() {
        return Stream.concat(cels.stream(), cdrs.stream());
    }

    private boolean isOwn(Row row) {
        return row.linkedid() == null
                || row.linkedid().isBlank()
                || row.linkedid().equals(key.linkedid());
    }
}
