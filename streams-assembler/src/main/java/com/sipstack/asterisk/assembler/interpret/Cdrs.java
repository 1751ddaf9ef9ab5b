package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cdr;
import java.util.Comparator;

/** What follows from a CDR's start and its whole seconds. UTC microseconds, null where the row does not tell. */
final class Cdrs {
    /** Legs in the order in which Asterisk began them. */
    static final Comparator<Cdr> SEQUENCE =
            Comparator.comparing(Cdr::sequence, Comparator.nullsFirst(Comparator.naturalOrder()));

    private static final long MICROS = 1_000_000;

    private Cdrs() {}

    static boolean isAnswered(Cdr cdr) {
        return "ANSWERED".equals(cdr.disposition());
    }

    static Long endedAt(Cdr cdr) {
        return cdr.startTime() == null || cdr.duration() == null ? null : cdr.startTime() + cdr.duration() * MICROS;
    }

    /** When the channel was answered, to the second. */
    static Long answeredAt(Cdr cdr) {
        Long end = endedAt(cdr);
        return end == null || cdr.billsec() == null ? null : end - cdr.billsec() * MICROS;
    }
}
