package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cdr;
import java.util.Objects;
import java.util.stream.Stream;

/** Finds what the caller dialled, as dialled. It stands in the first rows only: menus and transfers write over it. */
final class DialledNumber {
    private DialledNumber() {}

    /** Empty if no row tells. */
    static String of(CallFacts call) {
        Channel root = call.caller().root();
        if (call.caller().isDiallersTrunk(root)) {
            return "";
        }
        Stream<String> candidates = root.isOnlyInCdrs() ? fromLegs(call) : fromEvents(call);
        return candidates
                .filter(exten -> exten != null && !exten.isBlank())
                .findFirst()
                .orElse("");
    }

    private static Stream<String> fromEvents(CallFacts call) {
        Channel root = call.caller().root();
        Stream<String> first = Stream.of(chosen(root.firstStep()), root.dnid(), Contexts.didIn(root.homeContext()));
        return Stream.of(isRungFirst(call) ? Stream.<String>empty() : first, later(call), fromLegs(call))
                .flatMap(candidates -> candidates)
                .filter(exten -> exten.length() > 1 || !isFromOutside(call));
    }

    private static boolean isFromOutside(CallFacts call) {
        return call.isOutside(call.caller().root());
    }

    /** Click-to-call by a Local channel: the extension in its name is the caller's own. */
    private static boolean isRungFirst(CallFacts call) {
        Caller caller = call.caller();
        return caller.origin() == Caller.Origin.CLICK_TO_CALL
                && caller.root() != caller.voice()
                && call.extensionOf(caller.voice())
                        .filter(caller.root().firstStep().exten()::equals)
                        .isPresent();
    }

    private static Stream<String> later(CallFacts call) {
        String first = call.caller().root().firstStep().exten();
        return call.caller().root().path().stream()
                .filter(step -> !Menus.isInMenu(call, step) && !step.exten().equals(first))
                .map(DialledNumber::chosen);
    }

    private static Stream<String> fromLegs(CallFacts call) {
        Channel root = call.caller().root();
        Stream<Cdr> all = Stream.concat(
                root.legs().stream().sorted(Cdrs.SEQUENCE),
                call.rows().cdrs().stream().filter(cdr -> Objects.equals(cdr.uniqueid(), root.uniqueid())));
        Stream<String> dids = call.rows().cdrs().stream().map(Cdr::did);
        Stream<String> extens =
                all.map(Step::of).filter(step -> !Menus.isInMenu(call, step)).map(DialledNumber::chosen);
        return Stream.concat(dids, call.caller().isDialler() ? secondHalf(call) : extens)
                .filter(Objects::nonNull);
    }

    /** A dialler's number stands in the leg that rang it. */
    private static Stream<String> secondHalf(CallFacts call) {
        return call.channels().otherHalf(call.caller().root()).stream()
                .flatMap(half -> half.path().stream())
                .map(DialledNumber::chosen);
    }

    private static String chosen(Step step) {
        return step.isChosen() ? step.exten() : "";
    }
}
