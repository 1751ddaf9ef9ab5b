package com.sipstack.asterisk.benchmarks.endtoend;

import com.sipstack.asterisk.benchmarks.endtoend.Traffic.PbxRow;
import com.sipstack.asterisk.demopbx.AsteriskDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Writes rows as PBXs do, many to a transaction, and remembers when each call's last row could be seen. */
final class TableWriter implements AutoCloseable {
    private final List<PbxDatabase> pbxs;
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final Map<String, List<String>> columns = new HashMap<>();
    private final Map<String, Long> lastRows = new ConcurrentHashMap<>();
    private long rows;

    TableWriter(AsteriskDatabase server, List<PbxDatabase> pbxs) throws SQLException {
        this.pbxs = pbxs;
        // MariaDB takes more ids than it needs for a bulk of rows, and Asterisk's single inserts leave no gaps
        String batches =
                server.dialect().equals("postgresql") ? "?reWriteBatchedInserts=true" : "?useBulkStmtsForInserts=false";
        this.connection = DriverManager.getConnection(server.jdbcUrl() + batches, server.user(), server.password());
        connection.setAutoCommit(false);
    }

    void write(List<PbxRow> batch) throws SQLException {
        for (PbxRow row : batch) {
            String table = pbxs.get(row.pbx()).schema() + "." + row.row().table();
            PreparedStatement insert = statement(table, row);
            bind(insert, columns.get(table), row.row().columns());
            insert.addBatch();
        }
        for (PreparedStatement insert : statements.values()) {
            insert.executeBatch();
        }
        connection.commit();
        long now = System.currentTimeMillis();
        batch.forEach(row -> lastRows.put(row.linkedid(), now));
        rows += batch.size();
    }

    long rows() {
        return rows;
    }

    /** By linkedid, in milliseconds since the epoch. May be read while rows are written. */
    Map<String, Long> lastRows() {
        return lastRows;
    }

    private PreparedStatement statement(String table, PbxRow row) throws SQLException {
        PreparedStatement known = statements.get(table);
        if (known != null) {
            return known;
        }
        List<String> names = new ArrayList<>(row.row().columns().keySet());
        names.removeAll(List.of("id", "inserted_at"));
        columns.put(table, names);
        PreparedStatement insert = connection.prepareStatement("INSERT INTO " + table + " (" + String.join(", ", names)
                + ") VALUES (" + "?, ".repeat(names.size() - 1) + "?)");
        statements.put(table, insert);
        return insert;
    }

    private static void bind(PreparedStatement insert, List<String> names, Map<String, Object> row)
            throws SQLException {
        for (int i = 0; i < names.size(); i++) {
            Object value = row.get(names.get(i));
            boolean isTime = names.get(i).equals("eventtime") || names.get(i).equals("calldate");
            insert.setObject(i + 1, isTime ? Timestamp.valueOf((String) value) : value);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
