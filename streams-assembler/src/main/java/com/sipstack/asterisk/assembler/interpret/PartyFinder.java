package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.ChannelName;
import com.sipstack.asterisk.model.document.Direction;
import com.sipstack.asterisk.model.document.Parties;
import com.sipstack.asterisk.model.document.Parties.Trunk;
import com.sipstack.asterisk.model.document.Party;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names the two sides of a call. */
final class PartyFinder {
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private final CallFacts call;
    private final Direction direction;
    private final String dialled;
    private final String tenant;

    PartyFinder(CallFacts call, Direction direction, String dialled, String tenant) {
        this.call = call;
        this.direction = direction;
        this.dialled = dialled;
        this.tenant = tenant;
    }

    Parties parties(Callees callees) {
        Channel caller = call.caller().presented();
        String extension = direction == Direction.INBOUND ? null : callerExtension();
        String name = cleaned(caller.firstName());
        String dialledNumber = dialledNumber();
        String outsideNumber = direction == Direction.OUTBOUND ? dialledNumber : null;
        Party answeredBy = withCleanName(callees.answeredBy(outsideNumber));
        return new Parties(
                extension == null ? numberOf(caller) : null,
                name,
                extension,
                extension == null ? null : name,
                orNull(dialled),
                direction == Direction.INTERNAL ? null : dialledNumber,
                null,
                calledExtension(answeredBy),
                answeredBy == null ? null : answeredBy.name(),
                answeredBy,
                withCleanName(callees.finalParty(outsideNumber)),
                trunk(),
                orNull(caller.accountcode()),
                userfield(caller),
                callees.legs(),
                callees.participants(),
                RingGroups.of(call));
    }

    /** Going out, a number as short as an extension is one nevertheless. */
    private String dialledNumber() {
        return call.numbers()
                .e164(dialled)
                .or(() -> Optional.of(dialled)
                        .filter(number -> direction == Direction.OUTBOUND
                                && DIGITS.matcher(number).matches())
                        .map(call.numbers()::outsideForm))
                .orElse(null);
    }

    private Party withCleanName(Party party) {
        return party == null || party.name() == null
                ? party
                : new Party(party.extension(), party.number(), cleaned(party.name()), party.channel());
    }

    /** Some dialplans write the tenant before each name: {@code acme: John Smith}. */
    private String cleaned(String name) {
        String prefix = tenant.isEmpty() ? "" : "(?i)^\\[?" + Pattern.quote(tenant) + "(?:\\]|\\s*[:|/]|\\s+-|-)\\s*";
        String rest = prefix.isEmpty() ? name : name.replaceFirst(prefix, "");
        return orNull(rest.isBlank() ? name : rest);
    }

    /** The phone's own extension: the number that it presents may be one for the outside. */
    private String callerExtension() {
        Channel caller = call.caller().presented();
        return call.extensionOf(caller)
                .orElse(call.numbers().isExtension(caller.firstNumber()) ? caller.firstNumber() : null);
    }

    /** Null for a caller who sent none, or a word such as anonymous. */
    private String numberOf(Channel caller) {
        String sent = caller.firstNumber();
        return call.numbers().e164(sent).orElse(DIGITS.matcher(sent).matches() ? sent : null);
    }

    private String calledExtension(Party answeredBy) {
        if (answeredBy != null && answeredBy.extension() != null) {
            return answeredBy.extension();
        }
        return direction != Direction.OUTBOUND && call.numbers().isExtension(dialled) ? dialled : null;
    }

    /** Of several trunks that were tried, the one that was answered, or the last. */
    private Trunk trunk() {
        Channel root = call.caller().root();
        String in = direction == Direction.INBOUND ? nameOf(root) : null;
        List<Channel> outgoing = call.channels().persons().stream()
                .filter(person -> call.isOutside(person) && (in == null || person != root))
                .toList();
        Optional<Channel> taken = outgoing.stream()
                .filter(call.talk()::isWith)
                .findFirst()
                .or(() -> outgoing.stream().reduce((tried, next) -> next));
        String out = taken.map(PartyFinder::nameOf).orElse(null);
        return in == null && out == null ? null : new Trunk(in, out);
    }

    /** What the dialplan noted on a leg, else on the caller's channel. */
    private String userfield(Channel caller) {
        Stream<String> onLegs = call.rows().cdrs().stream().map(Cdr::userfield);
        Stream<String> onChannel = call.rows().cels().stream()
                .filter(cel -> Objects.equals(cel.uniqueid(), caller.uniqueid()))
                .map(Cel::userfield);
        return Stream.concat(onLegs, onChannel)
                .filter(text -> text != null && !text.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static String nameOf(Channel channel) {
        return channel.name().map(ChannelName::endpoint).map(Lines::trunkName).orElse(null);
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
