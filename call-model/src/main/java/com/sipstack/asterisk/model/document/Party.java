package com.sipstack.asterisk.model.document;

/** A person or system at one end: outsiders have a number, insiders an extension. Nulls are absent. */
public record Party(String extension, String number, String name, String channel) {
    public static Party ofExtension(String extension) {
        return new Party(extension, null, null, null);
    }
}
