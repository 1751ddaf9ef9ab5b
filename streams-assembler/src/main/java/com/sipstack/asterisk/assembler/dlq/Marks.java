package com.sipstack.asterisk.assembler.dlq;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What was done with the letters of a topic. */
final class Marks {
    private final Map<Mark, Set<LetterPlace>> places = new EnumMap<>(Mark.class);

    void add(Mark.Placed placed) {
        places.computeIfAbsent(placed.mark(), first -> new HashSet<>()).add(placed.letter());
    }

    boolean has(Mark mark, LetterPlace letter) {
        return places.getOrDefault(mark, Set.of()).contains(letter);
    }

    /** True if nothing was done with the letter yet. */
    boolean isOpen(LetterPlace letter) {
        return !has(Mark.REPLAYED, letter) && !has(Mark.DROPPED, letter);
    }

    /** For a person. */
    String stateOf(LetterPlace letter) {
        if (has(Mark.DROPPED, letter)) {
            return Mark.DROPPED.label();
        }
        return has(Mark.REPLAYED, letter) ? Mark.REPLAYED.label() : "open";
    }
}
