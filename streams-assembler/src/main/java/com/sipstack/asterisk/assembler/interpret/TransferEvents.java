package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.assembler.interpret.Transfers.Handover;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.ChannelName;
import com.sipstack.asterisk.model.document.Party;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The transfers that Asterisk logs: BLINDTRANSFER and ATTENDEDTRANSFER, both on the channel of who transfers. Where the mapping of a
 * file lacks {@code extra}, they tell nothing that the channels' moves do not.
 */
final class TransferEvents {
    private static final String NOT_AVAILABLE = "N/A";
    private static final Set<String> RECEIVING =
            Set.of("queue", "voicemail", "confbridge", "meetme", "background", "waitexten");

    private final CallFacts call;

    private TransferEvents(CallFacts call) {
        this.call = call;
    }

    static List<Handover> of(CallFacts call) {
        TransferEvents events = new TransferEvents(call);
        List<Handover> handovers = new ArrayList<>();
        for (Cel cel : call.rows().cels()) {
            if (cel.eventTime() != null && cel.type() == CelEventType.BLINDTRANSFER) {
                events.blind(cel).ifPresent(handovers::add);
            } else if (cel.eventTime() != null && cel.type() == CelEventType.ATTENDEDTRANSFER) {
                events.attended(cel).ifPresent(handovers::add);
            }
        }
        return handovers;
    }

    /** Empty for one that parks the transferee, and without {@code extra}. */
    private Optional<Handover> blind(Cel cel) {
        Extra extra = Extra.of(cel);
        Channel by = call.channels().withUniqueid(cel.uniqueid());
        Channel transferee = transferee(extra);
        if (extra.isEmpty() || isParked(transferee, cel)) {
            return Optional.empty();
        }
        Channel target = targetOf(transferee, by, cel.eventTime());
        Party to = call.dialledParty(extra.text("extension"));
        return Optional.of(new Handover(
                "blind",
                by,
                to,
                target,
                cel.eventTime(),
                target != null || isReceived(transferee, cel.eventTime()),
                List.of()));
    }

    /** Whether the transferee came to a queue, a mailbox or the like, which takes every call. */
    private boolean isReceived(Channel transferee, long at) {
        return call.applications()
                .on(transferee)
                .anyMatch(run -> run.step().beganSince(at)
                        && RECEIVING.contains(run.step().app().toLowerCase(Locale.ROOT)));
    }

    private Channel transferee(Extra extra) {
        Channel named = call.channels().withUniqueid(extra.text("transferee_channel_uniqueid"));
        return named == null ? call.caller().voice() : named;
    }

    /** Whether the transferee's next way was to a parking lot. */
    private boolean isParked(Channel transferee, Cel transfer) {
        return call.eventsAfter(transfer, transferee)
                .filter(cel -> cel.type() == CelEventType.PARK_START || cel.type() == CelEventType.BRIDGE_ENTER)
                .findFirst()
                .filter(cel -> cel.type() == CelEventType.PARK_START || Bridges.isHolding(cel))
                .isPresent();
    }

    /** Whom the transferee met next; null if nobody. */
    private Channel targetOf(Channel transferee, Channel by, long at) {
        Conversation talk = transferee == call.caller().voice() ? call.talk() : call.conversationOf(transferee);
        return talk.encounters().stream()
                .filter(encounter -> encounter.from() >= at && encounter.partner() != by)
                .map(Encounter::partner)
                .findFirst()
                .orElse(null);
    }

    private Optional<Handover> attended(Cel cel) {
        Extra extra = Extra.of(cel);
        if (extra.isEmpty()) {
            return Optional.empty();
        }
        Channel by = call.channels().withUniqueid(cel.uniqueid());
        Channel target = targetOf(cel, extra);
        Party to = target != null && call.partyOf(target) != null
                ? call.partyOf(target)
                : dialledThrough(extra.text("transfer_target_channel_name"));
        return Optional.of(new Handover("attended", by, to, target, cel.eventTime(), true, linkedids(cel, extra)));
    }

    /**
     * The target's channel may be one half of a Local channel: whoever it leads to was consulted. Where bridges were merged Asterisk
     * names none ({@code N/A}): it is whom the transferee met in that moment.
     */
    private Channel targetOf(Cel cel, Extra extra) {
        Channel named = call.channels().withUniqueid(extra.text("transfer_target_channel_uniqueid"));
        Channel by = call.channels().withUniqueid(cel.uniqueid());
        Channel transferee = transferee(extra);
        if (named == null) {
            return targetOf(transferee, by, cel.eventTime() - Times.SECOND);
        }
        if (named.isPerson()) {
            return named;
        }
        return call.channels()
                .otherHalf(named)
                .map(call::conversationOf)
                .flatMap(talk -> talk.encounters().stream()
                        .map(Encounter::partner)
                        .filter(partner -> partner != by && partner != transferee)
                        .findFirst())
                .orElse(null);
    }

    private Party dialledThrough(String channelName) {
        return ChannelName.parse(channelName)
                .map(ChannelName::endpoint)
                .filter(endpoint -> !channelName.equals(NOT_AVAILABLE))
                .map(endpoint -> endpoint.contains("@") ? endpoint.substring(0, endpoint.indexOf('@')) : endpoint)
                .map(call::dialledParty)
                .orElse(null);
    }

    /** The calls that it ties together, this one first; none if there is but one. */
    private List<String> linkedids(Cel cel, Extra extra) {
        Set<String> linkedids = new LinkedHashSet<>();
        linkedids.add(call.rows().key().linkedid());
        for (String field :
                List.of("channel2_uniqueid", "transferee_channel_uniqueid", "transfer_target_channel_uniqueid")) {
            Channel channel = call.channels().withUniqueid(extra.text(field));
            if (channel != null) {
                linkedids.addAll(channel.linkedids());
            }
        }
        linkedids.add(cel.linkedid());
        linkedids.removeIf(linkedid -> linkedid == null || linkedid.isBlank());
        return linkedids.size() > 1 ? List.copyOf(linkedids) : List.of();
    }
}
