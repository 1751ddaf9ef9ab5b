package com.sipstack.asterisk.source.database;

/** What PostgreSQL's catalogs tell everybody about sequences. */
final class SequenceSql {
    /** The oid of the sequence of a quoted table's id; of none in a replica, which does not see the writers' locks. */
    static final String OF_TABLE = """
            SELECT seqrelid::bigint FROM pg_catalog.pg_sequence
            WHERE seqrelid = pg_get_serial_sequence('%1$s', 'id')::regclass
              AND seqcache = 1 AND seqincrement = 1 AND NOT seqcycle AND NOT pg_is_in_recovery()
              AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_subscription_rel WHERE srrelid = '%1$s'::regclass)""";

    /** Transactions by their virtual ids; a prepared one has another than it had before, so it stands as what it is. */
    static final String USERS = """
            SELECT CASE WHEN pid IS NULL THEN '%s' ELSE virtualtransaction END FROM pg_catalog.pg_locks
            WHERE locktype = 'relation' AND relation = ?::oid AND granted
              AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())""".formatted(SequenceSql.PREPARED);

    /** One that ends only when somebody says so. */
    static final String PREPARED = "prepared";

    private SequenceSql() {}
}
