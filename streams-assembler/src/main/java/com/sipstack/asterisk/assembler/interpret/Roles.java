package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.assembler.interpret.Transfers.Handover;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What each person is in a call: caller, agent, consult, participant or callee. */
final class Roles {
    private final CallFacts call;
    private final Set<Channel> consulted;
    private final boolean isQueued;

    Roles(CallFacts call, List<Handover> handovers) {
        this.call = call;
        this.consulted = new HashSet<>(Transfers.consulted(handovers));
        this.isQueued = !call.applications().of("Queue").isEmpty();
    }

    String of(Channel channel) {
        if (channel == call.caller().presented()) {
            return "caller";
        } else if (consulted.contains(channel)) {
            return "consult";
        } else if (isQueued && isAgent(channel)) {
            return "agent";
        }
        return channel.isStranger() ? "participant" : "callee";
    }

    /** A queue's member, or the phone behind a Local member, which was rung before anybody answered. */
    private boolean isAgent(Channel channel) {
        Long answered = call.talk().answeredAt();
        boolean isEarly = channel.startedAt() != null && (answered == null || channel.startedAt() <= answered);
        return Queues.isMember(channel) || (isEarly && channel != call.caller().voice());
    }
}
