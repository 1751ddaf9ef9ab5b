package com.sipstack.asterisk.allinone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.allinone.EnvTargets.Tables;
import com.sipstack.asterisk.demopbx.AsteriskDatabase;
import com.sipstack.asterisk.demopbx.MariaDbServer;
import com.sipstack.asterisk.demopbx.PostgresServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Against both kinds of database server. */
class DatabaseCheckIT {
    @Nested
    class OnPostgres extends DatabaseChecks {
        private PostgresServer server;

        @Override
        void startDatabase() throws IOException {
            server = PostgresServer.start();
        }

        @Override
        AsteriskDatabase database() {
            return server;
        }

        @Override
        void dropIndexOfCalldate() throws SQLException {
            sql("DROP INDEX idx_cdr_calldate");
        }

        @Override
        void createUserFor(String table) throws SQLException {
            sql("CREATE ROLE reader LOGIN PASSWORD 's3cret'", "GRANT SELECT ON " + table + " TO reader");
        }

        @Test
        void tableThatIsLockedIsTold() throws Exception {
            sql("ALTER ROLE " + server.user() + " SET lock_timeout = '100ms'");
            try (Connection migration = server.connect();
                    Statement statement = migration.createStatement()) {
                migration.setAutoCommit(false);
                statement.execute("LOCK TABLE cdr IN ACCESS EXCLUSIVE MODE");
                assertThat(look(Optional.empty())
                                .has(Severity.ERROR, "does not answer a query")
                                .remedy())
                        .contains("pg_stat_activity");
            } finally {
                sql("ALTER ROLE " + server.user() + " RESET lock_timeout");
            }
        }
    }

    @Nested
    class OnMariaDb extends DatabaseChecks {
        private MariaDbServer server;

        @Override
        void startDatabase() throws IOException {
            server = MariaDbServer.start();
        }

        @Override
        AsteriskDatabase database() {
            return server;
        }

        @Override
        void dropIndexOfCalldate() throws SQLException {
            sql("DROP INDEX idx_calldate ON cdr");
        }

        @Override
        void createUserFor(String table) throws SQLException {
            sql("CREATE USER 'reader'@'%' IDENTIFIED BY 's3cret'", "GRANT SELECT ON " + table + " TO 'reader'@'%'");
        }

        @Test
        void userOfAnotherDatabaseIsToldTheGrant() throws Exception {
            sql("CREATE USER 'guest'@'%' IDENTIFIED BY 's3cret'");

            assertThat(look(new Tables(
                                    server.jdbcUrl(),
                                    "guest",
                                    "s3cret",
                                    Optional.of("cdr"),
                                    Optional.of("cel"),
                                    Optional.empty()))
                            .has(Severity.ERROR, "guest")
                            .remedy())
                    .contains("GRANT SELECT ON");
        }
    }
}
