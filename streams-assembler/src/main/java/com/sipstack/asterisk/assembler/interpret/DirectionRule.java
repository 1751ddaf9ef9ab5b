package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.document.Direction;
import java.util.List;

/**
 * Finds the direction of a call: by configuration, then by the context that the caller entered first, then by the caller's channel,
 * then by what was dialled.
 *
 * @param direction of the call as the PBX's owner sees it
 * @param reason why, for a person
 */
record DirectionRule(Direction direction, String reason) {
    static DirectionRule of(CallFacts call, String dialled) {
        Caller caller = call.caller();
        if (caller.origin() == Caller.Origin.DIALLED && isFromOutside(call)) {
            return inbound(call);
        }
        return caller.origin() == Caller.Origin.DIALLED ? fromInside(call, dialled) : originated(call, dialled);
    }

    /** A leg's context may be that of a transfer's target: without events the channel tells more. */
    private static boolean isFromOutside(CallFacts call) {
        Channel root = call.caller().root();
        if (call.isOutside(root)) {
            return true;
        }
        return call.contexts().isFromOutside(root.firstStep().context())
                && call.extensionOf(root).isEmpty();
    }

    private static DirectionRule inbound(CallFacts call) {
        Channel root = call.caller().root();
        String context = root.firstStep().context();
        String reason = call.contexts().isFromOutside(context)
                ? "context " + context + " is entered from outside"
                : "channel " + root.fullName() + " is a trunk's";
        return new DirectionRule(Direction.INBOUND, reason);
    }

    private static DirectionRule fromInside(CallFacts call, String dialled) {
        String context = call.caller().root().firstStep().context();
        if (call.contexts().isConfiguredToOutside(context)) {
            return new DirectionRule(Direction.OUTBOUND, "context " + context + " is configured to lead outside");
        }
        if (call.numbers().isOutsideNumber(dialled)) {
            return new DirectionRule(Direction.OUTBOUND, "an outside number was dialled from inside");
        }
        if (isRungOnTrunk(call, dialled)) {
            return new DirectionRule(Direction.OUTBOUND, "what was dialled from inside was dialled on a trunk");
        }
        return new DirectionRule(Direction.INTERNAL, "dialled from inside, and no outside number");
    }

    private static DirectionRule originated(CallFacts call, String dialled) {
        boolean reachesOutside = call.numbers().isOutsideNumber(dialled)
                || call.channels().persons().stream().anyMatch(call::isOutside);
        if (reachesOutside) {
            return new DirectionRule(Direction.OUTBOUND, "originated by the PBX to an outside number");
        }
        return dialled.isEmpty()
                ? new DirectionRule(Direction.OUTBOUND, "originated by the PBX, and ended before anything was dialled")
                : new DirectionRule(Direction.INTERNAL, "originated by the PBX to an extension");
    }

    /** Emergency, service and local numbers are as short as extensions: a trunk was rung for them, and nobody inside. */
    private static boolean isRungOnTrunk(CallFacts call, String dialled) {
        List<Channel> called = call.channels().all().stream()
                .filter(channel -> !call.caller().owns(channel))
                .toList();
        return !called.isEmpty()
                && call.isOutside(called.get(0))
                && (call.numbers().isShortCode(dialled) || call.wasDialledOn(called.get(0), dialled));
    }
}
