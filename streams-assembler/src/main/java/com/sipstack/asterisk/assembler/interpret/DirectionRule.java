package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.document.CallDocument.Analysis;
import com.sipstack.asterisk.model.document.Direction;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Finds the direction of a call: by the context that the caller entered first, then by what was dialled.
 *
 * @param direction of the call as the PBX's owner sees it
 * @param reason why, for a person
 */
record DirectionRule(Direction direction, String reason) {
    /** Contexts that calls from outside enter by, in FreePBX and in common dialplans. */
    private static final Pattern FROM_OUTSIDE = Pattern.compile(
            "(?:.*[-_])?from-(?:trunk|pstn|did|external|outside|sip-external|dahdi|zaptel|analog)\\b.*|ext-did.*"
                    + "|inbound.*|incoming.*|.*[-_](?:inbound|incoming)");

    static DirectionRule of(Channel caller, String dialled, Numbers numbers) {
        String context = caller.firstContext().toLowerCase(Locale.ROOT);
        if (FROM_OUTSIDE.matcher(context).matches()) {
            return new DirectionRule(
                    Direction.INBOUND, "context " + caller.firstContext() + " is entered from outside");
        }
        if (numbers.isOutsideNumber(dialled)) {
            return new DirectionRule(Direction.OUTBOUND, "an outside number was dialled from inside");
        }
        return new DirectionRule(Direction.INTERNAL, "dialled from inside, and no outside number");
    }

    /** For the document, with the incumbents' name of the direction. */
    Analysis analysis() {
        return new Analysis(direction.name().toLowerCase(Locale.ROOT), List.of(reason));
    }
}
