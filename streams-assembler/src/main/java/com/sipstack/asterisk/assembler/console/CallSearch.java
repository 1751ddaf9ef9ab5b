package com.sipstack.asterisk.assembler.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which calls somebody looks for. Of several conditions all must hold. */
final class CallSearch {
    private static final int MOST = 200;
    /** A telephone number as people write it. */
    private static final Pattern NUMBER = Pattern.compile("[+0-9][0-9 ()./-]*");

    private static final Pattern NO_DIGIT = Pattern.compile("\\D");
    private static final int SHORTEST_WITH_COUNTRY = 7;

    private final Query query;
    private final Optional<String> text;
    private final Optional<String> digits;
    private final Optional<Instant> from;
    private final Optional<Instant> until;

    /** @throws IllegalArgumentException if a condition makes no sense */
    CallSearch(Query query) {
        this.query = query;
        this.text = query.text("q").map(text -> text.toLowerCase(Locale.ROOT));
        this.digits = query.text("q")
                .filter(text -> NUMBER.matcher(text).matches() && !text.matches("\\d{10}\\.\\d+"))
                .map(text -> NO_DIGIT.matcher(text).replaceAll(""));
        this.from = query.instant("from");
        this.until = query.instant("until");
    }

    /**
     * What was found.
     *
     * @param calls those that changed last first
     * @param more how many more there are
     */
    record Found(List<CallSummary> calls, int more) {}

    Found in(Board board) {
        List<CallSummary> found = new ArrayList<>();
        int more = 0;
        for (BoardCall call : board.all()) {
            if (matches(call)) {
                if (found.size() < MOST) {
                    found.add(call.summary());
                } else {
                    more++;
                }
            }
        }
        return new Found(found, more);
    }

    private boolean matches(BoardCall call) {
        CallSummary summary = call.summary();
        return is("pbx", summary.pbx())
                && is("tenant", summary.tenant())
                && is("direction", summary.direction())
                && isOutcome(summary)
                && isWithin(summary)
                && hasText(call);
    }

    private boolean is(String condition, String value) {
        return query.text(condition)
                .map(wanted -> wanted.equalsIgnoreCase(value))
                .orElse(true);
    }

    private boolean isOutcome(CallSummary summary) {
        return query.text("outcome")
                .map(wanted -> wanted.equals("live")
                        ? !summary.complete()
                        : summary.complete() && wanted.equals(summary.state().toString()))
                .orElse(true);
    }

    private boolean isWithin(CallSummary summary) {
        if (from.isEmpty() && until.isEmpty()) {
            return true;
        }
        Instant begin = summary.callTime() == null
                ? Instant.ofEpochMilli(summary.written())
                : Instant.parse(summary.callTime());
        return from.map(limit -> !begin.isBefore(limit)).orElse(true)
                && until.map(begin::isBefore).orElse(true);
    }

    private boolean hasText(BoardCall call) {
        return text.map(wanted -> call.haystack().contains(wanted)).orElse(true)
                || digits.filter(wanted -> !wanted.isEmpty() && hasDigits(call.haystack(), wanted))
                        .isPresent();
    }

    /** People leave out a country's code, or say it where the PBX does not. */
    private static boolean hasDigits(String haystack, String wanted) {
        return haystack.contains(wanted)
                || (wanted.length() > SHORTEST_WITH_COUNTRY && haystack.contains(wanted.substring(1)));
    }
}
