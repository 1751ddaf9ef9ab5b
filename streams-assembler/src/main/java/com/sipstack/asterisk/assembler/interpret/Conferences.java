package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.assembler.interpret.Applications.Run;
import com.sipstack.asterisk.model.document.Party;
import com.sipstack.asterisk.model.document.Story.Conference;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A conference that the call took part in. Each of its callers has a call of their own: the others are known from the bridge's
 * {@code peer} only.
 */
final class Conferences {
    private static final String[] ROOMS = {"ConfBridge", "MeetMe"};

    private Conferences() {}

    /** Null if the call was in none. A page rings its phones into a room too, where nobody talks with the other. */
    static Conference of(CallFacts call) {
        List<Run> runs = call.applications().of(ROOMS);
        boolean isPage = !call.applications().of("Page").isEmpty();
        return runs.isEmpty() || isPage
                ? null
                : new Conference(runs.get(0).step().argument(0), participants(call, runs));
    }

    static boolean isRoom(Step step) {
        return Stream.of(ROOMS).anyMatch(step::runs);
    }

    private static List<String> participants(CallFacts call, List<Run> runs) {
        Set<String> names = new LinkedHashSet<>();
        Stream.concat(
                        runs.stream().map(Run::channel),
                        call.talk().encounters().stream()
                                .filter(encounter -> isRoom(encounter.step()))
                                .map(Encounter::partner))
                .filter(Channel::isPerson)
                .map(call::partyOf)
                .filter(party -> party != null)
                .map(Conferences::nameOf)
                .forEach(names::add);
        return List.copyOf(names);
    }

    private static String nameOf(Party party) {
        return party.extension() == null ? party.number() : party.extension();
    }
}
