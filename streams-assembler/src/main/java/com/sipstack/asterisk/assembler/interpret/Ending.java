package com.sipstack.asterisk.assembler.interpret;

/** How a call came to its end. */
public enum Ending {
    /** It goes on. */
    NONE(null),
    HANGUP("hangup"),
    /** Asterisk started again: its uniqueids began anew while the call had no end. */
    RESTART("restart"),
    /** Nothing was heard of it for so long that it cannot still be going on. */
    MAX_DURATION("max_duration");

    private final String word;

    Ending(String word) {
        this.word = word;
    }

    /** The word in documents; null for none. */
    public String word() {
        return word;
    }
}
