package com.sipstack.asterisk.sink;

import java.io.IOException;
import java.util.OptionalInt;

/** Audio that cannot be read; the API is not to blame. */
final class AudioException extends IOException {
    private static final long serialVersionUID = 1;

    private final boolean lasting;
    private final String place;

    private AudioException(String summary, String place, boolean lasting, Throwable cause) {
        super(summary, cause);
        this.place = place;
        this.lasting = lasting;
    }

    /**
     * It may be there later: a mount may be away.
     *
     * @param summary fit for a log
     * @param place of the audio, which may name callers
     */
    static AudioException away(String summary, String place, Throwable cause) {
        return new AudioException(summary, place, false, cause);
    }

    /** It never will be what was announced. */
    static AudioException unusable(String summary, String place) {
        return new AudioException(summary, place, true, null);
    }

    boolean isLasting() {
        return lasting;
    }

    Failure failure() {
        String why = getCause() == null ? "" : " (" + getCause().getClass().getSimpleName() + ")";
        return new Failure(OptionalInt.empty(), getMessage() + why, place);
    }
}
