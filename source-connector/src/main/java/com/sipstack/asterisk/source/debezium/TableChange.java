package com.sipstack.asterisk.source.debezium;

import com.sipstack.asterisk.source.database.AsteriskTable;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;

/** What a change event says of a table that Asterisk writes to. */
sealed interface TableChange {
    AsteriskTable table();

    /** The connector's {@code topic.prefix}, which is how Debezium names a server. */
    String server();

    /**
     * A row was inserted, updated, or found there by a snapshot.
     *
     * @param row as it is now
     * @param before as it was, where the event tells
     */
    record RowWritten(AsteriskTable table, String server, Struct row, Optional<Struct> before) implements TableChange {}

    /** A row was deleted, or this is the tombstone that follows a deletion. */
    record RowErased(AsteriskTable table, String server) implements TableChange {}

    /** All rows were deleted at once. */
    record TableEmptied(AsteriskTable table, String server) implements TableChange {}

    /** Something that is neither an envelope nor a row. */
    record Unreadable(AsteriskTable table, String server, String reason) implements TableChange {}
}
