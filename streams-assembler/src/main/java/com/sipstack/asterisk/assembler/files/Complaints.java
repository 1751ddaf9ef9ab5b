package com.sipstack.asterisk.assembler.files;

/** Hears of what cannot be read. */
@FunctionalInterface
public interface Complaints {
    /**
     * @param place the file, or file and line
     * @param reason why it cannot be read
     */
    void about(String place, String reason);
}
