package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.document.Timing;
import java.util.Objects;
import java.util.stream.Stream;

/** When a call happened and how long it took. */
final class Timings {
    private Timings() {}

    static Timing of(CallFacts call, Callees callees, Ending ending) {
        Channel caller = call.caller().root();
        Long start = start(call.rows(), caller);
        Long end = end(call.rows());
        return new Timing(
                Times.instant(start),
                Times.instant(caller.answeredAt()),
                Times.instant(call.talk().answeredAt()),
                ending == Ending.NONE ? null : Times.instant(end),
                ending.word(),
                start == null || end == null ? null : (Long) Math.max(0, (end - start) / Times.SECOND),
                Times.seconds(callees.ringMicros()),
                Times.seconds(call.talk().talkMicros()),
                Holds.seconds(call));
    }

    /** A CDR's start has whole seconds: the event of the caller's start counts where there is one. */
    private static Long start(CallRows rows, Channel caller) {
        if (caller.isStartLogged() && caller.startedAt() != null) {
            return caller.startedAt();
        }
        return rows.all()
                .map(Row::occurredAt)
                .filter(Objects::nonNull)
                .min(Long::compare)
                .orElse(null);
    }

    /** A CDR's end has whole seconds: where events tell the end more exactly, they count. */
    private static Long end(CallRows rows) {
        Stream<Long> times = rows.cels().isEmpty()
                ? rows.cdrs().stream().flatMap(Timings::timesOf)
                : rows.cels().stream().map(Cel::eventTime);
        return times.filter(Objects::nonNull).max(Long::compare).orElse(null);
    }

    private static Stream<Long> timesOf(Cdr cdr) {
        return Stream.concat(Stream.ofNullable(cdr.startTime()), Stream.ofNullable(Cdrs.endedAt(cdr)));
    }
}
