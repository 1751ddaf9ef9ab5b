package com.sipstack.asterisk.assembler.interpret;

import java.util.List;

/** Phones that one Dial rang together. */
final class RingGroups {
    private RingGroups() {}

    /** Empty if no Dial named more than one extension. */
    static List<String> of(CallFacts call) {
        return call.applications().of("Dial").stream()
                .map(run -> extensions(call, run.step().argument(0)))
                .filter(extensions -> extensions.size() > 1)
                .findFirst()
                .orElse(List.of());
    }

    /** A phone may be named more than once, for each of its registrations. */
    private static List<String> extensions(CallFacts call, String dialString) {
        return DialString.destinations(dialString).stream()
                .flatMap(destination -> call.lines().extensionIn(destination).stream())
                .distinct()
                .toList();
    }
}
