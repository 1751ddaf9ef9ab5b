package com.sipstack.asterisk.allinone.faultlab;

import com.sipstack.asterisk.demopbx.MariaDbServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A PBX's database server, which can be killed and started again on what it had written. */
final class LabDatabase implements AutoCloseable {
    private final MariaDbServer server;
    private final List<String> command;
    private final Path log;
    private ProcessHandle process;

    private LabDatabase(MariaDbServer server, ProcessHandle process, List<String> command, Path log) {
        this.server = server;
        this.process = process;
        this.command = command;
        this.log = log;
    }

    static LabDatabase start(Path log) throws IOException, SQLException {
        MariaDbServer server = MariaDbServer.start();
        server.createTables();
        ProcessHandle process = ProcessHandle.current()
                .descendants()
                .filter(child ->
                        List.of(child.info().arguments().orElse(new String[0])).contains("--port=" + server.port()))
                .findFirst()
                .orElseThrow();
        List<String> command = new ArrayList<>(List.of(process.info().command().orElseThrow()));
        List.of(process.info().arguments().orElseThrow()).stream()
                .filter(argument -> !argument.startsWith("--init-file"))
                .forEach(command::add);
        return new LabDatabase(server, process, command, log);
    }

    MariaDbServer server() {
        return server;
    }

    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    void startAgain() throws IOException {
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start()
                .toHandle();
    }

    /** All rows of a table in the order of their ids, times as text. */
    List<Map<String, Object>> rows(String table) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM " + table + " ORDER BY id")) {
            List<Map<String, Object>> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(row(result));
            }
            return rows;
        }
    }

    private static Map<String, Object> row(ResultSet result) throws SQLException {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            Object value = result.getObject(i);
            row.put(result.getMetaData().getColumnName(i), value instanceof Number ? value : result.getString(i));
        }
        return row;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        server.close();
    }
}
