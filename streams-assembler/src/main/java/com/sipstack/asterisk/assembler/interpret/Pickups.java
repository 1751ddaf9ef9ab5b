package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.document.Story.Pickup;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A ringing phone answered from another one. PICKUP stands on the ringing channel; without it, that channel shows the picker's
 * code as its extension when it is hung up, since the two have changed places.
 */
final class Pickups {
    /** features.conf's {@code pickupexten} and FreePBX's directed pickup. */
    private static final Pattern PICKUP_CODE = Pattern.compile("\\*8\\d*|\\*\\*\\d+");

    private final CallFacts call;

    private Pickups(CallFacts call) {
        this.call = call;
    }

    /** Null if none happened. */
    static Pickup of(CallFacts call) {
        Pickups pickups = new Pickups(call);
        List<Cel> events = call.events(CelEventType.PICKUP);
        return events.isEmpty() ? pickups.withoutEvents() : pickups.fromEvent(events.get(0));
    }

    private Pickup fromEvent(Cel cel) {
        Extra extra = Extra.of(cel);
        Channel ringing = call.channels().withUniqueid(cel.uniqueid());
        Channel picker = call.channels().withUniqueid(extra.text("pickup_channel_uniqueid"));
        if (extra.isEmpty()) {
            picker = call.talk().first().map(Encounter::partner).orElse(null);
        } else if (picker == null) {
            picker = Channel.named(extra.text("pickup_channel"));
        }
        return new Pickup(picker == null ? null : call.partyOf(picker), call.partyOf(ringing));
    }

    private Pickup withoutEvents() {
        Optional<Channel> ringing =
                call.channels().persons().stream().filter(this::wasTaken).findFirst();
        Optional<Channel> picker = call.talk().first().map(Encounter::partner);
        if (ringing.isEmpty() || picker.isEmpty() || picker.equals(ringing)) {
            return null;
        }
        return new Pickup(call.partyOf(picker.get()), call.partyOf(ringing.get()));
    }

    private boolean wasTaken(Channel channel) {
        return !call.caller().owns(channel)
                && channel.path().stream()
                        .map(Step::exten)
                        .reduce((earlier, later) -> later)
                        .filter(exten -> PICKUP_CODE.matcher(exten).matches())
                        .isPresent();
    }
}
