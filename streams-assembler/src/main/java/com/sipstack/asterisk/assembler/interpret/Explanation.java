package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.assembler.interpret.Applications.Run;
import com.sipstack.asterisk.model.document.CallDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says in words what the decisions of a document were made from. */
final class Explanation {
    private final CallFacts call;
    private final CallDocument document;
    private final Map<String, String> reasons = new LinkedHashMap<>();

    private Explanation(CallFacts call, CallDocument document) {
        this.call = call;
        this.document = document;
    }

    static Map<String, String> of(CallFacts call, CallDocument document, String tenantReason) {
        Explanation explanation = new Explanation(call, document);
        explanation.reasons.put(
                "direction", String.join("; ", document.analysis().reasons()));
        explanation.reasons.put("caller", explanation.caller());
        explanation.reasons.put("dialled", explanation.dialled());
        explanation.reasons.put("tenant", tenantReason);
        explanation.reasons.put("answered_by", explanation.answeredBy());
        explanation.reasons.put("disposition", explanation.disposition());
        explanation.reasons.put("hangup", explanation.hangup());
        explanation.tellRuns("queue", "Queue");
        explanation.tellRuns("voicemail", "VoiceMail");
        explanation.tellRuns("conference", "ConfBridge", "MeetMe");
        return explanation.reasons;
    }

    private String caller() {
        String channel = call.caller().presented().fullName();
        return switch (call.caller().origin()) {
            case DIALLED ->
                "channel " + channel + " is the first of linkedid "
                        + call.rows().key().linkedid();
            case CLICK_TO_CALL ->
                "the PBX was told to ring " + call.caller().voice().fullName() + " first and then to dial";
            case DIALLER -> "the PBX was told to ring somebody outside, whose side is " + channel;
        };
    }

    private String dialled() {
        String dialled = document.parties().dialled();
        if (dialled == null) {
            return "no row of the caller's channel tells an extension that somebody chose";
        }
        Channel root = call.caller().root();
        return root.firstStep().exten().equals(dialled)
                ? "the first row of channel " + root.fullName() + " stands at extension " + dialled
                : root.dnid().equals(dialled)
                        ? "cid_dnid of channel " + root.fullName()
                        : "the first extension that was chosen outside of menus, in events, else in CDRs";
    }

    private String answeredBy() {
        Optional<Encounter> first = call.talk().first();
        if (first.isEmpty()) {
            return "the caller's channel shared no bridge with another person";
        }
        String source =
                call.rows().cels().isEmpty() ? "an answered CDR joins " : "the first bridge of two persons joins ";
        return source + call.caller().voice().fullName() + " and "
                + first.get().partner().fullName() + " at "
                + Times.instant(first.get().from());
    }

    private String disposition() {
        List<String> legs = call.rows().cdrs().stream()
                .map(cdr -> cdr.dst() + " " + cdr.outcome())
                .toList();
        return legs.isEmpty()
                ? "no CDRs: who talked, Dial's status '" + call.caller().root().dialStatus() + "' and hangup cause "
                        + call.caller().root().cause()
                : "CDRs: " + String.join(", ", legs);
    }

    private String hangup() {
        Channel voice = call.caller().voice();
        String partner = call.talk()
                .last()
                .map(last -> ", of the last partner's '" + last.partner().hangupSource() + "', who "
                        + (last.leftFirst() ? "stayed longer in the bridge" : "left the bridge first"))
                .orElse("");
        return voice.isHungUp()
                ? "hangupsource of the caller's channel is '" + voice.hangupSource() + "'" + partner
                : "no event tells that the caller's channel was hung up";
    }

    private void tellRuns(String decision, String... applications) {
        String runs = call.applications().of(applications).stream()
                .map(Explanation::tell)
                .collect(Collectors.joining("; "));
        if (!runs.isEmpty()) {
            reasons.put(decision, runs);
        }
    }

    private static String tell(Run run) {
        return run.channel().fullName() + " ran " + run.step().app() + "("
                + run.step().data() + "), as " + (run.inEvents() ? "events" : "a CDR") + " tell";
    }
}
