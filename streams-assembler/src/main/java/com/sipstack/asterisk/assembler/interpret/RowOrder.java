package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.Provenance;
import com.sipstack.asterisk.model.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** How rows stand to each other. */
final class RowOrder {
    private static final Comparator<Row> POSITION =
            Comparator.comparing(row -> row.provenance().position(), Comparator.nullsLast(Comparator.naturalOrder()));
    private static final Comparator<Cdr> START =
            Comparator.comparing(Cdr::startTime, Comparator.nullsLast(Comparator.naturalOrder()));
    private static final Comparator<Cdr> SEQUENCE =
            Comparator.comparing(Cdr::sequence, Comparator.nullsLast(Comparator.naturalOrder()));

    private RowOrder() {}

    /** Where a row stands; the same for a row that was read twice. */
    record Place(String origin, Long position) {}

    static Place placeOf(Row row) {
        return new Place(originOf(row.provenance()), row.provenance().position());
    }

    /**
     * Events of one origin in the order of their positions, which is the order in which Asterisk raised them (their times are not:
     * many share one, and some go back). Events of several origins are merged by time.
     */
    static List<Cel> asWritten(Collection<Cel> cels) {
        TreeMap<String, List<Cel>> byOrigin = new TreeMap<>();
        for (Cel cel : cels) {
            byOrigin.computeIfAbsent(originOf(cel.provenance()), origin -> new ArrayList<>())
                    .add(cel);
        }
        byOrigin.values().forEach(list -> list.sort(POSITION));
        return byOrigin.values().stream().reduce(List.of(), RowOrder::merge);
    }

    /** Legs by start; those of one second by their sequence. */
    static List<Cdr> byTime(Collection<Cdr> cdrs) {
        return cdrs.stream()
                .sorted(START.thenComparing(SEQUENCE).thenComparing(POSITION))
                .toList();
    }

    private static List<Cel> merge(List<Cel> a, List<Cel> b) {
        List<Cel> merged = new ArrayList<>(a.size() + b.size());
        int i = 0;
        for (Cel fromB : b) {
            while (i < a.size() && timeOf(a.get(i)) <= timeOf(fromB)) {
                merged.add(a.get(i++));
            }
            merged.add(fromB);
        }
        merged.addAll(a.subList(i, a.size()));
        return merged;
    }

    private static long timeOf(Cel cel) {
        return cel.eventTime() == null ? Long.MIN_VALUE : cel.eventTime();
    }

    private static String originOf(Provenance provenance) {
        return provenance.source() + "/" + provenance.origin();
    }
}
