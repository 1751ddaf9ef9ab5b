package com.sipstack.asterisk.model;

import java.util.Locale;

/** The way by which a row left its PBX. */
public enum RowSource {
    DATABASE,
    CDC,
    CSV,
    AMI,
    RECORDING;

    /** The name in records, e.g. {@code database}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
