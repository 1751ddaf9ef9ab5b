package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.demopbx.AsteriskDatabase;
import com.sipstack.asterisk.demopbx.MariaDbServer;
import com.sipstack.asterisk.demopbx.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** One server of each kind for all tests of a JVM, at whose end they stop. PostgreSQL asks for passwords here. */
enum TestServers {
    POSTGRESQL {
        @Override
        AsteriskDatabase start() throws IOException {
            Path directory = Files.createTempDirectory("postgresql").resolve("files");
            PostgresServer server = PostgresServer.start(directory);
            Path access = directory.resolve("pg_hba.conf");
            Files.writeString(
                    access, "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
            try (Connection connection = server.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_reload_conf()");
            } catch (SQLException e) {
                throw new IOException("PostgreSQL does not read its access rules again", e);
            }
            return server;
        }
    },
    MARIADB {
        @Override
        AsteriskDatabase start() throws IOException {
            return MariaDbServer.start();
        }
    };

    @SuppressWarnings("ImmutableEnumChecker") // started when it is first asked for
    private AsteriskDatabase server;

    abstract AsteriskDatabase start() throws IOException;

    synchronized AsteriskDatabase server() {
        if (server == null) {
            try {
                server = start();
            } catch (IOException e) {
                throw new UncheckedIOException(this + " did not start", e);
            }
        }
        return server;
    }

    TestDatabase newDatabase() throws SQLException {
        return TestDatabase.on(server());
    }
}
