package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.assembler.interpret.NumberingPlan.ExtensionLengths;
import com.sipstack.asterisk.model.Cdr;
import java.util.Set;

/**
 * Which CDRs are worth sending. A call whose every CDR is filtered ships no document; the document of any other is made of all of its
 * rows.
 *
 * @param enabled whether anything is filtered at all
 * @param queueAttempts whether unanswered CDRs to {@code s} of no length go
 * @param zeroDuration whether CDRs of no length go, unless busy, failed or congested
 * @param internalOnly whether only CDRs between extensions stay
 * @param minDuration the shortest that stays, seconds
 * @param excludedDestinations what goes unless it was answered or has a length; {@code h} among them goes always
 */
public record CdrFilter(
        boolean enabled,
        boolean queueAttempts,
        boolean zeroDuration,
        boolean internalOnly,
        int minDuration,
        Set<String> excludedDestinations,
        ExtensionLengths extensions) {
    private static final String HANGUP_HANDLER = "h";
    private static final Set<String> FAILURES = Set.of("BUSY", "FAILED", "CONGESTION");

    public CdrFilter {
        excludedDestinations = Set.copyOf(excludedDestinations);
    }

    /** Whether the call is shipped: one without CDRs is, since nothing speaks against it. */
    public boolean ships(CallRows rows) {
        return rows.cdrs().isEmpty() || rows.cdrs().stream().anyMatch(this::keeps);
    }

    public boolean keeps(Cdr cdr) {
        return !enabled
                || !(isExcluded(cdr)
                        || isQueueAttempt(cdr)
                        || isEmpty(cdr)
                        || (internalOnly && !isInternal(cdr))
                        || lengthOf(cdr) < minDuration);
    }

    private boolean isExcluded(Cdr cdr) {
        if (cdr.dst() == null || !excludedDestinations.contains(cdr.dst())) {
            return false;
        }
        return cdr.dst().equals(HANGUP_HANDLER) || (!Cdrs.isAnswered(cdr) && lengthOf(cdr) == 0);
    }

    private boolean isQueueAttempt(Cdr cdr) {
        return queueAttempts && "s".equals(cdr.dst()) && "NO ANSWER".equals(cdr.outcome()) && lengthOf(cdr) == 0;
    }

    private boolean isEmpty(Cdr cdr) {
        return zeroDuration && lengthOf(cdr) == 0 && cdr.outcome() != null && !FAILURES.contains(cdr.outcome());
    }

    private boolean isInternal(Cdr cdr) {
        return isExtension(cdr.src()) && isExtension(cdr.dst());
    }

    private boolean isExtension(String text) {
        return text != null
                && text.matches("\\d+")
                && text.length() >= extensions.min()
                && text.length() <= extensions.max();
    }

    private static int lengthOf(Cdr cdr) {
        return cdr.duration() == null ? 0 : cdr.duration();
    }
}
