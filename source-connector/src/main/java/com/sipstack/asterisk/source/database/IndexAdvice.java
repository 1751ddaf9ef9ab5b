package com.sipstack.asterisk.source.database;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out whether a keyless table has an index on the time by which it is read, without which each pass reads it all. */
final class IndexAdvice {
    private final KeylessTable table;

    IndexAdvice(KeylessTable table) {
        this.table = table;
    }

    /**
     * The statement to run.
     *
     * @param from a time of the table's rows
     * @return empty if there is an index to use
     */
    Optional<String> ask(Session session, String from) throws SQLException {
        boolean isScan = switch (session.dialect()) {
            case POSTGRESQL -> isScanOfPostgres(session, from);
            case MARIADB -> isScanOfMariaDb(table.plan(session, from));
        };
        return isScan ? Optional.of(statement(session.dialect())) : Optional.empty();
    }

    /** A small table is scanned whatever indexes it has, unless that is the last resort; a pooler's next client is not to know. */
    private boolean isScanOfPostgres(Session session, String from) throws SQLException {
        session.execute("BEGIN");
        try {
            session.execute("SET LOCAL enable_seqscan = off");
            return table.plan(session, from).stream()
                    .anyMatch(line -> line.get("query plan").contains("Seq Scan"));
        } finally {
            session.execute("ROLLBACK");
        }
    }

    /** Here a small table is scanned, too, but the plan names the indexes that could have been used. */
    private static boolean isScanOfMariaDb(List<Map<String, String>> plan) {
        return plan.stream().anyMatch(line -> "ALL".equals(line.get("type")) && line.get("possible_keys") == null);
    }

    private String statement(Dialect dialect) {
        String name = table.table().name();
        String index =
                name.substring(name.indexOf('.') + 1) + "_" + table.time().name();
        String how = dialect == Dialect.POSTGRESQL ? "CREATE INDEX CONCURRENTLY " : "CREATE INDEX ";
        return how + dialect.quotedPart(index) + " ON " + dialect.quoted(name) + " ("
                + dialect.quotedPart(table.time().name()) + ")";
    }
}
