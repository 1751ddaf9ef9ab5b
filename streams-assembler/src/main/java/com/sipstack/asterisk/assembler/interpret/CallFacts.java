package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.document.Party;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What every chapter of a call's story is told from: its rows, channels, lines, caller and conversation. */
final class CallFacts {
    private final CallRows rows;
    private final Channels channels;
    private final Numbers numbers;
    private final Contexts contexts;
    private final Lines lines;
    private final Caller caller;
    private final Conversation talk;
    private final Applications applications;
    private final TrunkNumbers trunkNumbers;
    private final List<Stay> stays;
    /** The call's events, with the entries into bridges whose rows were lost. */
    private final List<Cel> entriesTold;

    private final boolean ended;

    CallFacts(CallRows rows, PbxProfile profile, Numbers numbers, boolean ended) {
        this.rows = rows;
        this.numbers = numbers;
        this.ended = ended;
        this.channels = Channels.of(rows);
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("call " + rows.key() + " has no rows that name a channel");
        }
        this.contexts = new Contexts(profile.routes());
        this.lines = new Lines(profile, numbers, rows, channels);
        this.caller = Caller.of(rows, channels, lines::isTrunk);
        this.stays = Stay.of(rows, channels);
        this.entriesTold = LostEntries.restored(rows.cels(), stays);
        this.talk = conversationOf(caller.voice());
        this.applications = new Applications(channels);
        this.trunkNumbers = new TrunkNumbers(applications);
    }

    /** From bridges, where the PBX logs them, else from the legs of the call's root. */
    Conversation conversationOf(Channel party) {
        if (!rows.cels().isEmpty()) {
            return EncounterLog.read(entriesTold, channels, party);
        }
        return LegReader.read(channels, party == caller.voice() ? caller.root() : party);
    }

    CallRows rows() {
        return rows;
    }

    /** The events of a type, in order. */
    List<Cel> events(CelEventType type) {
        return rows.cels().stream().filter(cel -> cel.type() == type).toList();
    }

    /** The events of one channel that follow on one of its events. */
    Stream<Cel> eventsAfter(Cel event, Channel channel) {
        List<Cel> cels = rows.cels();
        return cels.subList(cels.indexOf(event) + 1, cels.size()).stream()
                .filter(cel -> channels.withUniqueid(cel.uniqueid()) == channel);
    }

    Channels channels() {
        return channels;
    }

    Numbers numbers() {
        return numbers;
    }

    Contexts contexts() {
        return contexts;
    }

    Lines lines() {
        return lines;
    }

    Caller caller() {
        return caller;
    }

    /** Whom the caller talked with. */
    Conversation talk() {
        return talk;
    }

    Applications applications() {
        return applications;
    }

    /** In the order of their ends. */
    List<Stay> stays() {
        return stays;
    }

    boolean isEnded() {
        return ended;
    }

    boolean isOutside(Channel channel) {
        return lines.isTrunk(channel);
    }

    Optional<String> extensionOf(Channel channel) {
        return lines.extensionOf(channel);
    }

    /** Somebody whom somebody else asked for by what they dialled. */
    Party dialledParty(String exten) {
        return numbers.isOutsideNumber(exten)
                ? new Party(null, numbers.e164(exten).orElse(null), null, null)
                : Party.ofExtension(exten);
    }

    /** Whether the number that somebody dialled went out on the trunk's channel, with whatever the trunk wants before it. */
    boolean wasDialledOn(Channel trunk, String dialled) {
        return !dialled.isEmpty()
                && trunkNumbers
                        .dialledOn(trunk)
                        .filter(sent -> sent.endsWith(dialled))
                        .isPresent();
    }

    /** E.164 digits of somebody outside, or a service number as it is; null while unknown. */
    String outsideNumberOf(Channel channel) {
        if (channel.hasDialled() || caller.owns(channel)) {
            return caller.isDiallersTrunk(channel)
                    ? null
                    : numbers.e164(channel.firstNumber()).orElse(null);
        }
        return trunkNumbers
                .dialledOn(channel)
                .map(numbers::outsideForm)
                .or(() -> numbers.e164(channel.firstNumber()))
                .orElse(null);
    }

    /** Insiders by their extension, outsiders by their number as far as it is known. Null if neither is. */
    Party partyOf(Channel channel) {
        String extension = extensionOf(channel).orElse(null);
        String number = extension == null ? outsideNumberOf(channel) : null;
        return extension == null && number == null ? null : new Party(extension, number, null, null);
    }
}
