package com.sipstack.asterisk.model.document;

import com.fasterxml.jackson.annotation.JsonValue;

/** The way of a call as the PBX's owner sees it. */
public enum Direction {
    INBOUND("i"),
    OUTBOUND("o"),
    INTERNAL("x");

    private final String letter;

    Direction(String letter) {
        this.letter = letter;
    }

    /** The letter in documents. */
    @JsonValue
    public String letter() {
        return letter;
    }
}
