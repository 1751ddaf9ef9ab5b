package com.sipstack.asterisk.benchmarks.endtoend;

import com.sipstack.asterisk.demopbx.AsteriskDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The tables of one of several PBXs that share a server: a schema of their own. */
record PbxDatabase(AsteriskDatabase server, int number) implements AsteriskDatabase {
    String pbx() {
        return "pbx-" + number;
    }

    String schema() {
        return "pbx_" + number;
    }

    void create() throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + schema() + (isPostgres() ? "" : " CHARACTER SET utf8mb4"));
        }
        createTables();
    }

    private boolean isPostgres() {
        return dialect().equals("postgresql");
    }

    /** What stands after the last slash of the address. */
    String databaseName() {
        return jdbcUrl().substring(jdbcUrl().lastIndexOf('/') + 1);
    }

    @Override
    public String jdbcUrl() {
        return isPostgres()
                ? server.jdbcUrl() + "?currentSchema=" + schema()
                : server.jdbcUrl().replaceFirst("[^/]+$", schema());
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

    /** The server is another's to close. */
    @Override
    public void close() {}
}
