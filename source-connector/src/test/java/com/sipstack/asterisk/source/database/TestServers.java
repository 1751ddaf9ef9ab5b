package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.demopbx.AsteriskDatabase;
import com.sipstack.asterisk.demopbx.MariaDbServer;
import com.sipstack.asterisk.demopbx.MySqlServer;
import com.sipstack.asterisk.demopbx.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Assumptions;

/**
 * One server of each kind for all tests of a JVM, at whose end they stop. PostgreSQL asks for passwords here. Tests of a server that
 * does not run on this system are skipped, and say why.
 */
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

        @Override
        AsteriskDatabase startInContainer() {
            return ContainerDatabase.postgresql();
        }
    },
    MARIADB {
        @Override
        AsteriskDatabase start() throws IOException {
            return MariaDbServer.start();
        }

        @Override
        AsteriskDatabase startInContainer() {
            return ContainerDatabase.mariadb();
        }
    },
    MYSQL {
        @Override
        AsteriskDatabase start() throws IOException {
            return MySqlServer.start("--skip-log-bin");
        }

        @Override
        AsteriskDatabase startInContainer() {
            return ContainerDatabase.mysql();
        }
    };

    @SuppressWarnings("ImmutableEnumChecker") // started when it is first asked for
    private AsteriskDatabase server;

    @SuppressWarnings("ImmutableEnumChecker") // started when it is first asked for
    private AsteriskDatabase inContainer;

    /** Why it does not run on this system; null if it does, or was not asked for yet. */
    @SuppressWarnings("ImmutableEnumChecker") // known when it is first asked for
    private String unusable;

    abstract AsteriskDatabase start() throws IOException;

    abstract AsteriskDatabase startInContainer();

    synchronized AsteriskDatabase server() {
        return InContainers.isOn() ? inContainer() : onThisSystem();
    }

    TestDatabase newDatabase() throws SQLException {
        return TestDatabase.on(server());
    }

    private AsteriskDatabase inContainer() {
        if (inContainer == null) {
            inContainer = startInContainer();
        }
        return inContainer;
    }

    private AsteriskDatabase onThisSystem() {
        if (server == null && unusable == null) {
            try {
                server = start();
            } catch (MySqlServer.UnusableException e) {
                unusable = e.getMessage();
            } catch (IOException e) {
                throw new UncheckedIOException(this + " did not start", e);
            }
        }
        return unusable == null ? server : Assumptions.abort(unusable);
    }
}
