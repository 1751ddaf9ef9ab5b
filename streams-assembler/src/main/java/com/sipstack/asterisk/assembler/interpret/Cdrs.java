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
        return "ANSWERED".equals(cdr.outcome());
    }

    /** A PBX whose clock is set back in the middle of a leg may write that it lasted for less than nothing. */
    static Long endedAt(Cdr cdr) {
        return cdr.startTime() == null || cdr.duration() == null
                ? null
                : (Long) (cdr.startTime() + Math.max(0, cdr.duration()) * MICROS);
    }

    /** When the channel was answered, to the second; never outside of the leg. */
    static Long answeredAt(Cdr cdr) {
        Long end = endedAt(cdr);
        return end == null || cdr.billsec() == null
                ? null
                : (Long) Math.max(cdr.startTime(), end - Math.max(0, cdr.billsec()) * MICROS);
    }
}
