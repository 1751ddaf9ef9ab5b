package com.sipstack.asterisk.allinone.doctor;

import java.util.List;
import java.util.Map;

/** Asterisk's two tables. */
enum TableKind {
    CDR(
            List.of("calldate", "start"),
            List.of("uniqueid", "channel", "disposition"),
            Map.of(
                    "linkedid", "The legs of a call stay calls of their own.",
                    "sequence", "Legs that began in the same second can be taken for one when they are read twice.",
                    "duration", "How long calls took is not told.",
                    "billsec", "How long calls were answered is not told.")),
    CEL(
            List.of("eventtime"),
            List.of("uniqueid", "eventtype", "channame"),
            Map.of(
                    "linkedid", "The channels of a call stay calls of their own.",
                    "extra", "Who hung up and why, transfers and bridges are not told.",
                    "appdata", "Queues, menus and recordings are not told.",
                    "cid_dnid", "The number that a caller dialled is told by CDRs alone."));

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> timeColumns;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> needed;

    @SuppressWarnings("ImmutableEnumChecker") // Map.of
    private final Map<String, String> useful;

    TableKind(List<String> timeColumns, List<String> needed, Map<String, String> useful) {
        this.timeColumns = timeColumns;
        this.needed = needed;
        this.useful = useful;
    }

    /** The names that the column of a row's time may have. */
    List<String> timeColumns() {
        return timeColumns;
    }

    /** Without these a table cannot be read. */
    List<String> needed() {
        return needed;
    }

    /** What is lost without a column. */
    Map<String, String> useful() {
        return useful;
    }
}
