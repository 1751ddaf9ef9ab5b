package com.sipstack.asterisk.source.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A read-only connection to a database, and what we ask there. For one thread at a time; {@link #abort} may come from any. */
final class Session implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /** Servers look ranges up one by one, within limits of their own. */
    private static final int GAPS_AT_ONCE = 200;

    private final Connection connection;
    private final Dialect dialect;
    private final AtomicReference<Statement> running = new AtomicReference<>();
    /** The last one: a quiet PBX is asked the same again and again. */
    private NewsQuestion news;

    private Session(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
        this.news = NewsQuestion.of(List.of(), dialect);
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

    /** The rows from an id on by rising id, at most as many as the limit. */
    List<TableRow> rowsFrom(AsteriskTable table, long id, int limit) throws SQLException {
        return rowsAfter(table, id - 1, limit);
    }

    /** The rows of gaps, a few gaps at a time, at most as many rows as the limit. */
    List<TableRow> rowsIn(AsteriskTable table, List<IdGap> gaps, int limit) throws SQLException {
        List<TableRow> rows = new ArrayList<>();
        for (int i = 0; i < gaps.size() && rows.size() < limit; i += GAPS_AT_ONCE) {
            String ids = IdGap.condition(gaps.subList(i, Math.min(gaps.size(), i + GAPS_AT_ONCE)));
            rows.addAll(rows(
                    table,
                    "SELECT * FROM " + quoted(table) + " WHERE " + ids + " ORDER BY id LIMIT "
                            + (limit - rows.size())));
        }
        return rows;
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

    /** The tables that still end where they ended: their newest id is the same, and no row of their gaps is there. */
    Set<AsteriskTable> ended(List<BatchReader.End> ends) throws SQLException {
        if (!ends.equals(news.ends())) {
            news = NewsQuestion.of(ends, dialect);
        }
        return news.ended(ask(news.sql(), Session::ids));
    }

    /** Of the only row, 0 for NULL. */
    private static List<Long> ids(ResultSet result) throws SQLException {
        result.next();
        List<Long> ids = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            ids.add(result.getLong(i));
        }
        return ids;
    }

    /** By how much the ids that one writer gets rise. */
    int idStep() throws SQLException {
        Optional<String> query = dialect.idStepQuery();
        return query.isEmpty() ? 1 : ask(query.get(), result -> result.next() ? result.getInt(1) : 1);
    }

    /**
     * The PostgreSQL sequence that gives out the table's ids, each to the transaction that writes it; empty where ids may come
     * otherwise: some at a time to a connection that keeps them, or from another server.
     */
    OptionalLong sequence(AsteriskTable table) throws SQLException {
        return dialect.showsSequences(connection)
                ? ask(
                        SequenceSql.OF_TABLE.formatted(quoted(table)),
                        result -> result.next() ? OptionalLong.of(result.getLong(1)) : OptionalLong.empty())
                : OptionalLong.empty();
    }

    /**
     * The transactions that have taken an id from a sequence and not ended yet. From the first id on until its end, a
     * transaction keeps a lock on the sequence, and everybody may see locks.
     */
    Set<String> sequenceUsers(long sequence) throws SQLException {
        return ask(
                SequenceSql.USERS,
                result -> {
                    Set<String> users = new HashSet<>();
                    while (result.next()) {
                        users.add(result.getString(1));
                    }
                    return users;
                },
                sequence);
    }

    /** The table's columns as they are now. */
    TableLayout layout(AsteriskTable table) throws SQLException {
        return ask(
                "SELECT * FROM " + quoted(table) + " WHERE 1 = 0",
                result -> TableLayout.of(result.getMetaData(), table.kind()));
    }

    /** The rows that a statement of ours gives. */
    List<TableRow> rows(AsteriskTable table, String sql, Object... parameters) throws SQLException {
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
                parameters);
    }

    /** How the server would run a query: each line's columns by lower-case name. The query itself does not run. */
    List<Map<String, String>> plan(String query, Object... parameters) throws SQLException {
        return ask("EXPLAIN " + query, Session::texts, parameters);
    }

    /** For statements that give nothing and change nothing but this session. */
    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    Dialect dialect() {
        return dialect;
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

    private <T> T ask(String sql, Answer<T> answer, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            running.set(statement);
            try (ResultSet result = statement.executeQuery()) {
                return answer.read(result);
            }
        } finally {
            running.set(null);
        }
    }

    private static List<Map<String, String>> texts(ResultSet result) throws SQLException {
        List<Map<String, String>> lines = new ArrayList<>();
        while (result.next()) {
            Map<String, String> line = new HashMap<>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                line.put(result.getMetaData().getColumnLabel(i).toLowerCase(Locale.ROOT), result.getString(i));
            }
            lines.add(line);
        }
        return lines;
    }

    private String quoted(AsteriskTable table) {
        return dialect.quoted(table.name());
    }
}
