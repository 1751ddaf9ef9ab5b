package com.sipstack.asterisk.sink;

import java.util.Optional;

/** A record that is no call document; the message says why. */
final class MalformedDocumentException extends Exception {
    private static final long serialVersionUID = 1;

    private final String pbx;

    /** @param pbx null if unknown */
    MalformedDocumentException(String message, String pbx, Throwable cause) {
        super(message, cause);
        this.pbx = pbx;
    }

    Optional<String> pbx() {
        return Optional.ofNullable(pbx);
    }
}
