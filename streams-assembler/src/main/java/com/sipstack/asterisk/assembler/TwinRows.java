package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.Row;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What two sources say of one row. */
final class TwinRows {
    private static final long[] PRECISIONS = {1_000_000, 1_000, 1};
    private static final List<String> OF_SOURCE = List.of("source", "origin", "position");

    /** A row with a position keeps its order, one with a fine time is told exactly; after that tables count before files and sessions. */
    private static final Comparator<Row> WORTH = Comparator.<Row, Boolean>comparing(
                    row -> row.provenance().position() != null)
            .thenComparing(TwinRows::precision, Comparator.reverseOrder())
            .thenComparing(row -> row.provenance().source(), Comparator.reverseOrder())
            .thenComparing(row -> String.valueOf(row.provenance().origin()), Comparator.reverseOrder());

    private TwinRows() {}

    /** Whether two rows of one group that different origins have may be one. */
    static boolean mayBeOne(Row a, Row b) {
        return (a instanceof Cdr leg && b instanceof Cdr other)
                ? agree(leg.sequence(), other.sequence())
                : mayBeOne((Cel) a, (Cel) b);
    }

    private static boolean mayBeOne(Cel a, Cel b) {
        return isSameMoment(a, b) && agree(userEvent(a), userEvent(b)) && saySame(a.extra(), b.extra());
    }

    private static boolean agree(Object a, Object b) {
        return a == null || b == null || a.equals(b);
    }

    /** By the coarser of their clocks. */
    private static boolean isSameMoment(Cel a, Cel b) {
        if (a.eventTime() == null || b.eventTime() == null) {
            return true;
        }
        long precision = Math.max(precision(a), precision(b));
        return Math.floorDiv(a.eventTime(), precision) == Math.floorDiv(b.eventTime(), precision);
    }

    /** The dialplan's own word; null for Asterisk's events, and where the backend has put it aside. */
    private static String userEvent(Cel cel) {
        boolean isNamed = cel.type() == CelEventType.USER_DEFINED && CelEventType.USER_DEFINED != plain(cel);
        return isNamed ? cel.eventtype() : null;
    }

    private static CelEventType plain(Cel cel) {
        return "USER_DEFINED".equalsIgnoreCase(cel.eventtype()) || "13".equals(cel.eventtype())
                ? CelEventType.USER_DEFINED
                : null;
    }

    /** Tables cut texts that are too long; some have no extra, and some mappings write the field's name. */
    private static boolean saySame(String a, String b) {
        boolean areTold = a != null && b != null && a.startsWith("{") && b.startsWith("{");
        return !areTold || a.startsWith(b) || b.startsWith(a);
    }

    /** In microseconds. */
    private static long precision(Row row) {
        Long at = row.occurredAt();
        for (long precision : PRECISIONS) {
            if (at == null || at % precision == 0) {
                return precision;
            }
        }
        throw new IllegalStateException("every time is a number of microseconds");
    }

    /** The better of two rows, with what only the other tells. The same whichever came first. */
    static Row best(Row a, Row b) {
        return WORTH.compare(a, b) >= 0 ? filled(a, b) : filled(b, a);
    }

    /** A row with what it lacks from another. */
    static Row filled(Row row, Row from) {
        Map<String, Object> columns = new LinkedHashMap<>(columns(from));
        OF_SOURCE.forEach(columns::remove);
        Object extra = columns.get("extra");
        columns.putAll(columns(row));
        if (extra != null && "".equals(columns.get("extra"))) {
            columns.put("extra", extra);
        }
        return row instanceof Cdr ? Cdr.MAPPING.fromColumns(columns) : Cel.MAPPING.fromColumns(columns);
    }

    private static Map<String, Object> columns(Row row) {
        return row instanceof Cdr cdr ? Cdr.MAPPING.toColumns(cdr) : Cel.MAPPING.toColumns((Cel) row);
    }
}
