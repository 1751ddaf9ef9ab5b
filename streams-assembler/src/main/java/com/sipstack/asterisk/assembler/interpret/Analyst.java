package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.document.CallDocument.Analysis;
import com.sipstack.asterisk.model.document.Direction;
import com.sipstack.asterisk.model.document.Story;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Says how a call was understood, in the words that the connectors before this one used. */
final class Analyst {
    private static final String EXTENSION = "extension";
    private static final String EXTERNAL = "external";
    private static final String INTERNATIONAL = "international";

    private Analyst() {}

    static Analysis of(CallFacts call, DirectionRule rule, String dialled, boolean anonymous, Story story) {
        Direction direction = rule.direction();
        return new Analysis(
                direction.name().toLowerCase(Locale.ROOT),
                sourceType(call, direction, anonymous),
                destinationType(call, direction, dialled, story),
                story.transfers().isEmpty() ? null : story.transfers().get(0).kind(),
                !story.queue().isEmpty() || hasEntered(call, call.contexts()::isQueue),
                !story.ivr().isEmpty() || hasEntered(call, call.contexts()::isMenu),
                direction != Direction.INBOUND,
                List.of(rule.reason()));
    }

    private static boolean hasEntered(CallFacts call, Predicate<String> isWanted) {
        return call.caller().root().path().stream().map(Step::context).anyMatch(isWanted);
    }

    private static String sourceType(CallFacts call, Direction direction, boolean anonymous) {
        if (anonymous) {
            return "anonymous";
        }
        if (direction != Direction.INBOUND) {
            return call.caller().isDialler() ? "system" : EXTENSION;
        }
        return call.numbers().isInternational(call.caller().root().firstNumber()) ? INTERNATIONAL : EXTERNAL;
    }

    private static String destinationType(CallFacts call, Direction direction, String dialled, Story story) {
        if (direction == Direction.OUTBOUND) {
            return call.numbers().isInternational(dialled) ? INTERNATIONAL : EXTERNAL;
        }
        if (story.voicemail() != null) {
            return "voicemail";
        } else if (story.conference() != null) {
            return "conference";
        } else if (!story.queue().isEmpty()) {
            return "queue";
        } else if (!story.parking().isEmpty()) {
            return "parking";
        }
        return story.ivr().isEmpty() || call.talk().isAnswered() ? EXTENSION : "ivr";
    }
}
