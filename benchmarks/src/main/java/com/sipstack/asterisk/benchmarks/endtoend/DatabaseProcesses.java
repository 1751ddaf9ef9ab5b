package com.sipstack.asterisk.benchmarks.endtoend;

import com.sipstack.asterisk.benchmarks.LinuxProcess;
import com.sipstack.asterisk.demopbx.AsteriskDatabase;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** The processes of a database server that we started: PostgreSQL has one for each connection. */
final class DatabaseProcesses {
    private final ProcessHandle server;

    DatabaseProcesses(AsteriskDatabase database) {
        String port = Integer.toString(
                URI.create(database.jdbcUrl().substring("jdbc:".length())).getPort());
        this.server = ProcessHandle.allProcesses()
                .filter(process -> listensOn(process, port))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the database's process is not to be seen"));
    }

    private static boolean listensOn(ProcessHandle process, String port) {
        String command = process.info().command().orElse("");
        List<String> arguments = List.of(process.info().arguments().orElse(new String[0]));
        return (command.endsWith("/mariadbd") || command.endsWith("/postgres"))
                && (arguments.contains("--port=" + port) || arguments.contains(port));
    }

    List<LinuxProcess> all() {
        return Stream.concat(Stream.of(server), server.children())
                .map(process -> new LinuxProcess(process.pid()))
                .toList();
    }
}
