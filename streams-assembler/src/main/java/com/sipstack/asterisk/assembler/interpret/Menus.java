package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.document.Story.Menu;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The menus that a caller went through: contexts where a caller is asked for a key (Background, WaitExten) or where an extension of
 * a single key follows on {@code s}.
 */
final class Menus {
    private static final Set<String> ASKING = Set.of("background", "waitexten");

    private Menus() {}

    static List<Menu> of(CallFacts call) {
        List<Menu> menus = new ArrayList<>();
        List<Step> visit = new ArrayList<>();
        for (Step step : call.caller().root().path()) {
            if (step.isSubroutine() || step.context().isEmpty()) {
                continue;
            }
            if (!visit.isEmpty() && !visit.get(0).context().equals(step.context())) {
                addIfMenu(call, menus, visit);
                visit.clear();
            }
            visit.add(step);
        }
        addIfMenu(call, menus, visit);
        return menus;
    }

    /** Whether the step stands in a menu, where what it calls an extension is a key. */
    static boolean isInMenu(CallFacts call, Step step) {
        return call.contexts().isMenu(step.context()) || asks(step);
    }

    private static void addIfMenu(CallFacts call, List<Menu> menus, List<Step> visit) {
        if (!visit.isEmpty() && (visit.stream().anyMatch(step -> isInMenu(call, step)) || isKeyAfterStart(visit))) {
            menus.add(new Menu(
                    visit.get(0).context(),
                    keys(visit),
                    Times.instant(visit.get(0).from()),
                    Times.instant(leftAt(visit))));
        }
    }

    /** When the last key was matched; without any, when the caller's channel was last seen there. */
    private static Long leftAt(List<Step> visit) {
        String last = visit.get(visit.size() - 1).exten();
        return visit.stream()
                .filter(step -> step.isChosen() && step.exten().equals(last))
                .findFirst()
                .map(Step::from)
                .orElse(visit.get(visit.size() - 1).until());
    }

    private static boolean asks(Step step) {
        return ASKING.contains(step.app().toLowerCase(Locale.ROOT));
    }

    private static boolean isKeyAfterStart(List<Step> visit) {
        return visit.get(0).exten().equals("s")
                && visit.stream().anyMatch(step -> step.exten().matches("[0-9*#]"));
    }

    /** The extensions matched, one after the other. Null if none was. */
    private static String keys(List<Step> visit) {
        List<String> keys = new ArrayList<>();
        String last = "";
        for (Step step : visit) {
            if (step.isChosen() && !step.exten().equals(last)) {
                keys.add(step.exten());
            }
            last = step.exten();
        }
        return keys.isEmpty() ? null : String.join(",", keys);
    }
}
