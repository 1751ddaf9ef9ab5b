package com.sipstack.asterisk.assembler.interpret;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Turns the rows' microseconds into the document's instants and seconds. */
final class Times {
    static final long SECOND = 1_000_000;

    private static final double MICROS = 1e6;

    private Times() {}

    /** A stretch of time, UTC microseconds. */
    record Span(long from, long to) {
        /** The part of it that lies in the other; empty stretches have no length. */
        Span within(Span other) {
            long start = Math.max(from, other.from);
            return new Span(start, Math.max(start, Math.min(to, other.to)));
        }

        boolean isEmpty() {
            return to <= from;
        }
    }

    /** Null stays null. */
    static Instant instant(Long micros) {
        return micros == null ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** Seconds with three decimals. Where the clock was set back in between, no time has passed. */
    static double seconds(long micros) {
        return Math.round(Math.max(0, micros) / MICROS * 1000) / 1000.0;
    }

    /** How long any of the stretches lasted, in microseconds. */
    static long union(List<Span> spans) {
        List<Span> sorted = new ArrayList<>(spans);
        sorted.sort(Comparator.comparingLong(Span::from));
        long total = 0;
        long coveredTo = Long.MIN_VALUE;
        for (Span span : sorted) {
            long from = Math.max(span.from(), coveredTo);
            total += Math.max(0, span.to() - from);
            coveredTo = Math.max(coveredTo, span.to());
        }
        return total;
    }
}
