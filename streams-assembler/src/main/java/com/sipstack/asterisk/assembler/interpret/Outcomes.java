package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cdr;
import java.util.List;

/** How a call went in the words of CDRs. */
final class Outcomes {
    private static final String ANSWERED = "ANSWERED";
    private static final String NO_ANSWER = "NO ANSWER";
    private static final String FAILED = "FAILED";
    private static final String CONGESTION = "CONGESTION";
    private static final String BUSY = "BUSY";

    private Outcomes() {}

    /**
     * ANSWERED if any leg was, or somebody talks; else CONGESTION or FAILED if the caller's last leg says so; else the first leg's. Without legs
     * Dial's status and the hangup cause tell. Null while the call goes on and nobody knows.
     */
    static String disposition(CallFacts call) {
        List<Cdr> cdrs = call.rows().cdrs();
        Channel root = call.caller().root();
        // The answered leg's row may be lost, and while the call goes on it is still to come
        if (call.talk().isAnswered() || cdrs.stream().anyMatch(Cdrs::isAnswered)) {
            return ANSWERED;
        }
        if (cdrs.isEmpty()) {
            return call.isEnded() ? withoutLegs(root) : null;
        }
        String last = root.legs().stream()
                .filter(cdr -> !"h".equals(cdr.dst()))
                .max(Cdrs.SEQUENCE)
                .map(Cdr::outcome)
                .orElse("");
        return CONGESTION.equals(last) || FAILED.equals(last)
                ? last
                : cdrs.stream().min(Cdrs.SEQUENCE).orElseThrow().outcome();
    }

    private static String withoutLegs(Channel root) {
        if (root.answeredAt() != null) {
            return ANSWERED;
        }
        return switch (root.dialStatus()) {
            case "BUSY" -> BUSY;
            case "CONGESTION" -> CONGESTION;
            case "CHANUNAVAIL", "INVALIDARGS" -> FAILED;
            case "NOANSWER", "CANCEL" -> NO_ANSWER;
            default -> byCause(root.cause() == null ? 0 : root.cause());
        };
    }

    private static String byCause(int cause) {
        return switch (cause) {
            case 17 -> BUSY;
            case 34 -> CONGESTION;
            case 1, 20, 21, 27, 38 -> FAILED;
            default -> NO_ANSWER;
        };
    }
}
