package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cdr;

/** What follows from a CDR's start and its whole seconds. UTC microseconds, null where the row does not tell. */
final class Cdrs {
    private static final long MICROS = 1_000_000;

    private Cdrs() {}

    static Long endedAt(Cdr cdr) {
        return cdr.startTime() == null || cdr.duration() == null ? null : cdr.startTime() + cdr.duration() * MICROS;
    }

    /** When the channel was answered, to the second. */
    static Long answeredAt(Cdr cdr) {
        Long end = endedAt(cdr);
        return end == null || cdr.billsec() == null ? null : end - cdr.billsec() * MICROS;
    }
}
