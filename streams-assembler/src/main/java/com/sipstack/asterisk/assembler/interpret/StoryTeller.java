package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.assembler.interpret.Transfers.Handover;
import com.sipstack.asterisk.model.document.Story;
import java.util.List;

/** Puts the chapters of a call together. */
final class StoryTeller {
    private StoryTeller() {}

    static Story tell(CallFacts call, List<Handover> handovers) {
        return new Story(
                Menus.of(call),
                Queues.of(call),
                handovers.stream()
                        .map(handover -> Transfers.tell(call, handover))
                        .toList(),
                Forwards.of(call),
                Voicemails.of(call),
                Conferences.of(call),
                Parkings.of(call),
                Pickups.of(call));
    }
}
