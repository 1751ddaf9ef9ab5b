package com.sipstack.asterisk.sink;

/** Why a document must be sent again. */
enum Trouble {
    UNREACHABLE("The API cannot be reached"),
    FAILING("The API fails"),
    RATE_LIMITED("The API limits our rate"),
    KEY_REFUSED("The API refuses the API key: documents wait until the key is mended");

    private final String sentence;

    Trouble(String sentence) {
        this.sentence = sentence;
    }

    /** True if it is as likely the whole API as this one document. */
    boolean isOutage() {
        return this == UNREACHABLE || this == FAILING;
    }

    /** For the log. */
    String sentence() {
        return sentence;
    }
}
