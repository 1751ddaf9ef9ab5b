package com.sipstack.asterisk.benchmarks.catchup;

import com.sipstack.asterisk.demopbx.AsteriskDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What nothing that reads the table can do without: one query, its rows streamed, every column fetched as text and dropped. */
public record BareRead(AsteriskDatabase database) implements Reading {
    private static final int FETCH_SIZE = 1000;

    @Override
    public void read(int rows, Watch watch) throws SQLException {
        read(database, "SELECT * FROM cel ORDER BY id LIMIT " + rows, watch);
    }

    /** Reads all rows of a table. Returns how many there were. */
    public static long all(AsteriskDatabase database, String table) throws SQLException {
        return read(database, "SELECT * FROM " + table + " ORDER BY id", Watch.NONE);
    }

    private static long read(AsteriskDatabase database, String query, Watch watch) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            // PostgreSQL's driver streams inside of transactions only
            connection.setAutoCommit(false);
            statement.setFetchSize(FETCH_SIZE);
            try (ResultSet result = statement.executeQuery(query)) {
                int columns = result.getMetaData().getColumnCount();
                long rows = 0;
                while (result.next()) {
                    fetch(result, columns);
                    watch.rowsRead(1);
                    rows++;
                }
                return rows;
            }
        }
    }

    private static void fetch(ResultSet row, int columns) throws SQLException {
        for (int i = 1; i <= columns; i++) {
            row.getString(i);
        }
    }
}
