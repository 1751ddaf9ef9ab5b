package com.sipstack.asterisk.allinone;

import java.util.List;

/** What is wrong with the user's settings: one line for each fault, that names the setting and says what to do. */
public final class SettingsException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    SettingsException(String fault) {
        this(List.of(fault));
    }

    SettingsException(List<String> faults) {
        super(String.join("; ", faults));
        this.faults = List.copyOf(faults);
    }

    public List<String> faults() {
        return faults;
    }
}
