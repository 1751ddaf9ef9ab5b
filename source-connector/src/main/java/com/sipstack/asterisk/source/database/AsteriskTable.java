package com.sipstack.asterisk.source.database;

/**
 * A table that Asterisk writes to.
 *
 * @param name as configured, after its schema and a dot where it has one
 */
public record AsteriskTable(String name, RowKind kind) {
    /** Where its rows come from, as rows say it: an epoch is a stretch of time in which its ids only rose. */
    public String origin(int epoch) {
        return name + "#" + epoch;
    }
}
