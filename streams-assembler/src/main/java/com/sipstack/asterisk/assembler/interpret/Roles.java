package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.assembler.interpret.Transfers.Handover;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What each person is in a call: caller, agent, consult, participant or callee. */
final class Roles {
    private final CallFacts call;
    private final Set<Channel> consulted;
    private final Long queuedSince;

    Roles(CallFacts call, List<Handover> handovers) {
        this.call = call;
        this.consulted = new HashSet<>(Transfers.consulted(handovers));
        this.queuedSince = Queues.firstEntry(call);
    }

    String of(Channel channel) {
        if (channel == call.caller().presented()) {
            return "caller";
        } else if (consulted.contains(channel)) {
            return "consult";
        } else if (queuedSince != null && isAgent(channel)) {
            return "agent";
        }
        return channel.isStranger() ? "participant" : "callee";
    }

    /** A queue's member, or the phone behind a Local member, which was rung before anybody of the queue answered. */
    private boolean isAgent(Channel channel) {
        if (Queues.isMember(channel) || channel.startedAt() == null) {
            return Queues.isMember(channel);
        }
        Long answered = call.talk().since(queuedSince).map(Encounter::from).orElse(null);
        boolean isRungMeanwhile =
                channel.startedAt() >= queuedSince && (answered == null || channel.startedAt() <= answered);
        return isRungMeanwhile && channel != call.caller().voice();
    }
}
