package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cel;

/** The recordings that rows speak of. */
public final class NamedRecordings {
    private NamedRecordings() {}

    /** Whether an event tells that a channel is recorded from now on. */
    public static boolean startsOne(Cel cel) {
        return Recordings.fileIn(cel).isPresent();
    }
}
