package com.sipstack.asterisk.benchmarks.catchup;

import com.sipstack.asterisk.demopbx.AsteriskDatabase;
import com.sipstack.asterisk.demopbx.Corpus;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A table {@code cel} with the corpus's calls in it, made again and again, each time an hour later and under ids of their own. */
final class CelTable {
    private static final int ROWS_AT_ONCE = 1000;
    private static final int SECONDS_APART = 3600;
    private static final List<Map<String, Object>> CORPUS = Corpus.PBX_20.rows("cel");
    private static final List<String> COLUMNS = columns();

    private CelTable() {}

    static void fill(AsteriskDatabase database, int rows) throws SQLException {
        database.createTables();
        try (Connection connection = connect(database);
                PreparedStatement insert = connection.prepareStatement(sql())) {
            connection.setAutoCommit(false);
            for (int i = 0; i < rows; i++) {
                bind(insert, CORPUS.get(i % CORPUS.size()), i / CORPUS.size() * SECONDS_APART);
                insert.addBatch();
                if ((i + 1) % ROWS_AT_ONCE == 0 || i + 1 == rows) {
                    insert.executeBatch();
                    connection.commit();
                }
            }
        }
    }

    private static Connection connect(AsteriskDatabase database) throws SQLException {
        String fast = database.dialect().equals("postgresql") ? "?reWriteBatchedInserts=true" : "?useBulkStmts=true";
        return DriverManager.getConnection(database.jdbcUrl() + fast, database.user(), database.password());
    }

    private static void bind(PreparedStatement insert, Map<String, Object> row, int later) throws SQLException {
        for (int i = 0; i < COLUMNS.size(); i++) {
            Object value = row.get(COLUMNS.get(i));
            switch (COLUMNS.get(i)) {
                case "eventtime" -> insert.setTimestamp(i + 1, later((String) value, later));
                case "uniqueid", "linkedid" -> insert.setString(i + 1, laterId((String) value, later));
                default -> insert.setObject(i + 1, value);
            }
        }
    }

    private static Timestamp later(String time, int seconds) {
        return Timestamp.valueOf(LocalDateTime.parse(time.replace(' ', 'T')).plusSeconds(seconds));
    }

    private static String laterId(String uniqueid, int seconds) {
        int dot = uniqueid.indexOf('.');
        return (Long.parseLong(uniqueid.substring(0, dot)) + seconds) + uniqueid.substring(dot);
    }

    private static List<String> columns() {
        List<String> columns = new ArrayList<>(CORPUS.get(0).keySet());
        columns.removeAll(List.of("id", "inserted_at"));
        return List.copyOf(columns);
    }

    private static String sql() {
        return "INSERT INTO cel (" + String.join(", ", COLUMNS) + ") VALUES (" + "?, ".repeat(COLUMNS.size() - 1)
                + "?)";
    }
}
