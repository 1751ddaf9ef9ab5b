package com.sipstack.asterisk.source.database;

import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Sees which transactions may still write ids that they took, where the server shows it. For one thread at a time. */
final class WriterWatch {
    private final AsteriskTable table;
    /** The session that was asked for the sequence; null at first. */
    private Session known;

    private OptionalLong sequence = OptionalLong.empty();

    WriterWatch(AsteriskTable table) {
        this.table = table;
    }

    /** Empty if the server does not show them. */
    Optional<Set<String>> writers(Session session) throws SQLException {
        if (!session.equals(known)) {
            sequence = session.sequence(table);
            known = session;
        }
        return sequence.isPresent() ? Optional.of(session.sequenceUsers(sequence.getAsLong())) : Optional.empty();
    }
}
