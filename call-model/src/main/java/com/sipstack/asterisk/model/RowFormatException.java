package com.sipstack.asterisk.model;

/** A row, file name or record that cannot be read as what it should be. The message names the column and its value's fault. */
public class RowFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RowFormatException(String message) {
        super(message);
    }

    public RowFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
