package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.document.Outcome.Hangup;
import java.util.Map;
import java.util.Optional;

/** Who ended a call, and why. */
final class Hangups {
    private static final String CALLER = "caller";
    private static final String CALLEE = "callee";
    private static final String SYSTEM = "system";
    private static final String DIALPLAN = "dialplan/";

    /** Q.850's causes as Asterisk's causes.h writes them. */
    private static final Map<Integer, String> CAUSES = Map.ofEntries(
            Map.entry(1, "Unallocated number"),
            Map.entry(16, "Normal Clearing"),
            Map.entry(17, "User busy"),
            Map.entry(18, "No user responding"),
            Map.entry(19, "User alerting, no answer"),
            Map.entry(20, "Subscriber absent"),
            Map.entry(21, "Call Rejected"),
            Map.entry(23, "Redirected to new destination"),
            Map.entry(26, "Answered elsewhere"),
            Map.entry(27, "Destination out of order"),
            Map.entry(28, "Invalid number format"),
            Map.entry(34, "Circuit/channel congestion"),
            Map.entry(38, "Network out of order"),
            Map.entry(127, "Interworking, unspecified"));

    private final CallFacts call;

    private Hangups(CallFacts call) {
        this.call = call;
    }

    /** Null while nothing tells that the caller's channel was hung up. */
    static Hangup of(CallFacts call) {
        Channel voice = call.caller().voice();
        if (!voice.isHungUp()) {
            return null;
        }
        String text = voice.cause() == null ? null : CAUSES.get(voice.cause());
        return new Hangup(new Hangups(call).side(), voice.cause(), text);
    }

    /**
     * The owner of hangupsource, on the caller's channel or its last partner's: where the dialplan hangs up a caller whose partner left,
     * the partner ended the call. Without it the first to leave their bridge, and where there was none, the one whose Dial was
     * cancelled. Null if nothing tells.
     */
    private String side() {
        Channel voice = call.caller().voice();
        Optional<Encounter> last = call.talk().last();
        return ownerOf(voice.hangupSource())
                .or(() -> last.filter(this::wasLastThing)
                        .flatMap(encounter -> ownerOf(encounter.partner().hangupSource())))
                .or(() -> Optional.of(SYSTEM)
                        .filter(system -> voice.hangupSource().startsWith(DIALPLAN)))
                .or(() -> last.map(this::firstToLeave))
                .or(() -> Optional.of(CALLER)
                        .filter(cancelled -> voice.dialStatus().equals("CANCEL")))
                .orElse(null);
    }

    /** Whether the caller's channel did not go on elsewhere after it. */
    private boolean wasLastThing(Encounter last) {
        return call.caller().voice().path().stream()
                .noneMatch(step ->
                        step.beganSince(last.until() + 1) && !step.app().isEmpty() && !step.runsSame(last.step()));
    }

    private Optional<String> ownerOf(String source) {
        return source.isEmpty() || source.startsWith(DIALPLAN) ? Optional.empty() : Optional.of(sideOfChannel(source));
    }

    private String sideOfChannel(String name) {
        Caller caller = call.caller();
        if (caller.isDialler()) {
            return caller.voice().isNamed(name) ? CALLEE : CALLER;
        }
        return caller.voice().isNamed(name) || caller.root().isNamed(name) ? CALLER : CALLEE;
    }

    private String firstToLeave(Encounter last) {
        return last.leftFirst() == call.caller().isDialler() ? CALLEE : CALLER;
    }
}
