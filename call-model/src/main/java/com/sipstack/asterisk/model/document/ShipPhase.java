package com.sipstack.asterisk.model.document;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a call had come when its document was made. */
public enum ShipPhase {
    INITIAL,
    UPDATE,
    COMPLETE;

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
