package com.sipstack.asterisk.demopbx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A database server with Asterisk's tables in it, as the incumbents' READMEs create them. */
public interface AsteriskDatabase extends AutoCloseable {
    /** JDBC address, without user and password. */
    String jdbcUrl();

    String user();

    String password();

    /** {@code postgresql}, {@code mariadb} or {@code mysql}. */
    String dialect();

    @Override
    void close();

    default Connection connect() throws SQLException {
        // MariaDB's driver speaks to both, if it is not asked by MySQL's name
        String url = jdbcUrl().replaceFirst("^jdbc:mysql:(.*)", "jdbc:mariadb:$1?allowPublicKeyRetrieval=true");
        return DriverManager.getConnection(url, user(), password());
    }

    /** Creates the tables {@code cdr} and {@code cel}, empty. */
    default void createTables() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : ddl().split(";\\s*\n", -1)) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
        }
    }

    /** Writes rows in one transaction. A row's {@code id} is left to the table; {@code inserted_at} is not written. */
    default void insert(String table, Collection<Map<String, Object>> rows) throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            for (Map<String, Object> row : rows) {
                insert(connection, table, row);
            }
            connection.commit();
        }
    }

    /** Writes one row through a connection of the caller's. */
    static void insert(Connection connection, String table, Map<String, Object> row) throws SQLException {
        List<String> columns = new ArrayList<>(row.keySet());
        columns.removeAll(List.of("id", "inserted_at"));
        String marks = "?, ".repeat(columns.size() - 1) + "?";
        String sql = "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES (" + marks + ")";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < columns.size(); i++) {
                statement.setObject(i + 1, value(columns.get(i), row.get(columns.get(i))));
            }
            statement.executeUpdate();
        }
    }

    private static Object value(String column, Object value) {
        boolean isTime = column.equals("eventtime") || column.equals("calldate");
        return isTime && value instanceof String text ? java.sql.Timestamp.valueOf(text) : value;
    }

    private String ddl() {
        String name = "tables-" + (dialect().equals("mysql") ? "mariadb" : dialect()) + ".sql";
        try (InputStream in = AsteriskDatabase.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }
}
