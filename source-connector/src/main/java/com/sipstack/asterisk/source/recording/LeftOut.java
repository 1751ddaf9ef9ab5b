package com.sipstack.asterisk.source.recording;

/** Why a file under a root is not taken. */
enum LeftOut {
    OTHER_EXTENSION("other-extension"),
    PATTERN("pattern"),
    LINK("link"),
    TOO_SMALL("too-small"),
    TOO_OLD("too-old"),
    TOO_SHORT("too-short"),
    /** Not complete yet, or not known to be. */
    TOO_YOUNG("too-young"),
    /** Its header's lengths are not written: Asterisk has it open. */
    OPEN("open"),
    /** Taken before, and the same. */
    KNOWN("known"),
    UNREADABLE("unreadable"),
    /** Its name's bytes are no text. */
    NAMELESS("nameless");

    private final String word;

    LeftOut(String word) {
        this.word = word;
    }

    /** As metrics have it. */
    String word() {
        return word;
    }
}
