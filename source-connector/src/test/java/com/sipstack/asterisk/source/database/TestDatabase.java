package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.demopbx.AsteriskDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database of its own on a shared server, with Asterisk's tables in it and a user who may SELECT and nothing else. User and
 * password here are those of the writer.
 */
record TestDatabase(AsteriskDatabase server, String name) implements AsteriskDatabase {
    static final String READER_PASSWORD = "re4der's pass";

    private static final AtomicInteger COUNTER = new AtomicInteger();

    static TestDatabase on(AsteriskDatabase server) throws SQLException {
        return of(server, server.dialect().equals("postgresql") ? "ENCODING 'UTF8'" : "CHARACTER SET utf8mb4");
    }

    /** @param encoding completes CREATE DATABASE */
    static TestDatabase of(AsteriskDatabase server, String encoding) throws SQLException {
        TestDatabase database = new TestDatabase(server, "asterisk" + COUNTER.incrementAndGet());
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database.name() + " " + encoding
                    + (database.isPostgres() ? " TEMPLATE template0" : ""));
        }
        database.createTables();
        database.createReader();
        return database;
    }

    boolean isPostgres() {
        return dialect().equals("postgresql");
    }

    String reader() {
        return name + "_reader";
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The settings to read it by, as the reader. */
    Map<String, String> settings(String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "pbxs",
                "east",
                "database.url",
                jdbcUrl(),
                "database.user",
                reader(),
                "database.password",
                READER_PASSWORD,
                "poll.interval.ms",
                "50"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    @Override
    public String jdbcUrl() {
        return server.jdbcUrl().replaceFirst("/[a-z]+$", "/" + name);
    }

    @Override
    public String user() {
        return server.user();
    }

    @Override
    public String password() {
        return server.password();
    }

    @Override
    public String dialect() {
        return server.dialect();
    }

    @Override
    public void close() {
        // The server outlives it, and so may it
    }

    /** Lets the reader read tables made since. */
    void grantSelect() throws SQLException {
        execute(
                isPostgres()
                        ? "GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + reader()
                        : "GRANT SELECT ON " + name + ".* TO " + reader());
    }

    private void createReader() throws SQLException {
        String password = "'" + READER_PASSWORD.replace("'", "''") + "'";
        execute(
                isPostgres()
                        ? "CREATE ROLE " + reader() + " LOGIN PASSWORD " + password
                        : "CREATE USER " + reader() + " IDENTIFIED BY " + password);
        grantSelect();
    }
}
