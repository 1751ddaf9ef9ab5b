package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.document.Outcome.Hangup;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** How a call went: its disposition, and who ended it. */
final class Outcomes {
    private static final Comparator<Cdr> SEQUENCE =
            Comparator.comparing(Cdr::sequence, Comparator.nullsFirst(Comparator.naturalOrder()));

    /** Q.850's causes as Asterisk's causes.h writes them. */
    private static final Map<Integer, String> CAUSES = Map.ofEntries(
            Map.entry(1, "Unallocated number"),
            Map.entry(16, "Normal Clearing"),
            Map.entry(17, "User busy"),
            Map.entry(18, "No user responding"),
            Map.entry(19, "User alerting, no answer"),
            Map.entry(20, "Subscriber absent"),
            Map.entry(21, "Call Rejected"),
            Map.entry(26, "Answered elsewhere"),
            Map.entry(27, "Destination out of order"),
            Map.entry(28, "Invalid number format"),
            Map.entry(34, "Circuit/channel congestion"),
            Map.entry(38, "Network out of order"),
            Map.entry(127, "Interworking, unspecified"));

    private Outcomes() {}

    /**
     * ANSWERED if any leg was; else CONGESTION or FAILED if the caller's last leg says so; else the first leg's. Without legs the
     * hangup cause tells. Null while the call goes on and nobody knows.
     */
    static String disposition(CallRows rows, Channel caller, boolean ended) {
        List<Cdr> cdrs = rows.cdrs();
        if (cdrs.isEmpty()) {
            return ended ? byCause(caller) : null;
        }
        if (cdrs.stream().anyMatch(cdr -> "ANSWERED".equals(cdr.disposition()))) {
            return "ANSWERED";
        }
        String last = cdrs.stream()
                .filter(cdr -> caller.uniqueid().equals(cdr.uniqueid()) && !"h".equals(cdr.dst()))
                .max(SEQUENCE)
                .map(Cdr::disposition)
                .orElse("");
        return "CONGESTION".equals(last) || "FAILED".equals(last)
                ? last
                : cdrs.stream().min(SEQUENCE).orElseThrow().disposition();
    }

    private static String byCause(Channel caller) {
        if (caller.answeredAt() != null) {
            return "ANSWERED";
        }
        int cause = caller.cause() == null ? 0 : caller.cause();
        return switch (cause) {
            case 17 -> "BUSY";
            case 34 -> "CONGESTION";
            case 1, 20, 21, 27, 38 -> "FAILED";
            default -> "NO ANSWER";
        };
    }

    /** Null while the caller's channel has not been hung up. */
    static Hangup hangup(CallRows rows, Channel caller) {
        if (caller.cause() == null) {
            return null;
        }
        String by = null;
        for (Cel cel : rows.cels()) {
            String source = cel.type() == CelEventType.HANGUP ? Extra.of(cel).text("hangupsource") : "";
            if (!source.isEmpty()) {
                by = sideOf(source, caller);
                break;
            }
        }
        return new Hangup(by, caller.cause(), CAUSES.get(caller.cause()));
    }

    private static String sideOf(String hangupSource, Channel caller) {
        if (hangupSource.startsWith("dialplan/")) {
            return "system";
        }
        return hangupSource.equals(caller.fullName()) ? "caller" : "callee";
    }
}
