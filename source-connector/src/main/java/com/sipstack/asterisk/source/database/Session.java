package com.sipstack.asterisk.source.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A read-only connection to a database, and what we ask there. For one thread at a time; {@link #abort} may come from any. */
final class Session implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Connection connection;
    private final Dialect dialect;
    private final AtomicReference<Statement> running = new AtomicReference<>();

    private Session(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    /** What a statement's result is made into. */
    private interface Answer<T> {
        T read(ResultSet result) throws SQLException;
    }

    static Session open(DatabaseLogin login) throws SQLException {
        return new Session(Dialect.connect(login), login.dialect());
    }

    /** The next rows by rising id, at most as many as the limit. */
    List<TableRow> rowsAfter(AsteriskTable table, long id, int limit) throws SQLException {
        return rows(table, "SELECT * FROM " + quoted(table) + " WHERE id > ? ORDER BY id LIMIT " + limit, id);
    }

    /** The newest rows up to an id, by rising id. */
    List<TableRow> rowsUpTo(AsteriskTable table, long id, int limit) throws SQLException {
        List<TableRow> rows =
                rows(table, "SELECT * FROM " + quoted(table) + " WHERE id <= ? ORDER BY id DESC LIMIT " + limit, id);
        Collections.reverse(rows);
        return rows;
    }

    /** The largest id; 0 if the table is empty. */
    long newestId(AsteriskTable table) throws SQLException {
        return ask("SELECT MAX(id) FROM " + quoted(table), result -> result.next() ? result.getLong(1) : 0L);
    }

    /** The table's columns in lower case. */
    Set<String> columns(AsteriskTable table) throws SQLException {
        return ask(
                "SELECT * FROM " + quoted(table) + " WHERE 1 = 0",
                result -> RowReader.of(result.getMetaData(), table.kind()).columnNames());
    }

    /** Ends the session at once, and a query that runs in it. */
    void abort() {
        Statement statement = running.get();
        try {
            if (statement != null) {
                statement.cancel();
            }
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("A session could not be ended in good order", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("A session could not be closed in good order", e);
        }
    }

    private List<TableRow> rows(AsteriskTable table, String sql, long id) throws SQLException {
        return ask(
                sql,
                result -> {
                    RowReader reader = RowReader.of(result.getMetaData(), table.kind());
                    List<TableRow> rows = new ArrayList<>();
                    while (result.next()) {
                        rows.add(reader.read(result));
                    }
                    return rows;
                },
                id);
    }

    private <T> T ask(String sql, Answer<T> answer, long... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setLong(i + 1, parameters[i]);
            }
            running.set(statement);
            try (ResultSet result = statement.executeQuery()) {
                return answer.read(result);
            }
        } finally {
            running.set(null);
        }
    }

    private String quoted(AsteriskTable table) {
        return dialect.quoted(table.name());
    }
}
