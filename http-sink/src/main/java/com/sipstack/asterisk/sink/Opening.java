package com.sipstack.asterisk.sink;

/** What came of the wish to open a recording's audio. */
sealed interface Opening {

    /** It can be sent. */
    record Opened(Audio audio) implements Opening {}

    /** There is no room for it on the disk now. */
    record NoRoom() implements Opening {}

    /** It is gone, because the API has it. */
    record Needless() implements Opening {}

    /**
     * It cannot be read.
     *
     * @param isAsked whether receipts were read, and do not say that the API has it
     */
    record Failed(AudioException cause, boolean isAsked) implements Opening {}
}
