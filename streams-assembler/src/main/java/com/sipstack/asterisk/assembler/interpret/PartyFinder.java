package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.ChannelName;
import com.sipstack.asterisk.model.document.Direction;
import com.sipstack.asterisk.model.document.Parties;
import com.sipstack.asterisk.model.document.Parties.Trunk;
import com.sipstack.asterisk.model.document.Party;
import java.util.List;
import java.util.regex.Pattern;

/** Names the two sides of a call. */
final class PartyFinder {
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private PartyFinder() {}

    static Parties parties(Channel caller, String dialled, Direction direction, Callees callees, Numbers numbers) {
        boolean fromOutside = direction == Direction.INBOUND;
        String callerExtension = fromOutside ? null : callerExtension(caller, numbers);
        String callerName = orNull(caller.firstName());
        String dialledNumber = numbers.e164(dialled).orElse(null);
        Party answeredBy = callees.answeredBy(dialledNumber);
        return new Parties(
                callerExtension == null ? numberOf(caller, numbers) : null,
                callerName,
                callerExtension,
                callerExtension == null ? null : callerName,
                orNull(dialled),
                direction == Direction.INTERNAL ? null : dialledNumber,
                null,
                calledExtension(dialled, direction, answeredBy, numbers),
                answeredBy == null ? null : answeredBy.name(),
                answeredBy,
                callees.finalParty(dialledNumber),
                trunk(caller, direction, answeredBy),
                orNull(caller.accountcode()),
                null,
                callees.legs(),
                callees.participants(),
                List.of());
    }

    /** The phone's own extension: the number that it presents may be one for the outside. */
    private static String callerExtension(Channel caller, Numbers numbers) {
        return caller.name()
                .flatMap(numbers::extensionOf)
                .orElse(numbers.isExtension(caller.firstNumber()) ? caller.firstNumber() : null);
    }

    /** Null for a caller who sent none, or a word such as anonymous. */
    private static String numberOf(Channel caller, Numbers numbers) {
        String sent = caller.firstNumber();
        return numbers.e164(sent).orElse(DIGITS.matcher(sent).matches() ? sent : null);
    }

    private static String calledExtension(String dialled, Direction direction, Party answeredBy, Numbers numbers) {
        if (answeredBy != null && answeredBy.extension() != null) {
            return answeredBy.extension();
        }
        return direction != Direction.OUTBOUND && numbers.isExtension(dialled) ? dialled : null;
    }

    private static Trunk trunk(Channel caller, Direction direction, Party answeredBy) {
        return switch (direction) {
            case INBOUND -> new Trunk(caller.name().map(ChannelName::endpoint).orElse(null), null);
            case OUTBOUND ->
                answeredBy == null
                        ? null
                        : ChannelName.parse(answeredBy.channel())
                                .map(name -> new Trunk(null, name.endpoint()))
                                .orElse(null);
            case INTERNAL -> null;
        };
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
