package com.sipstack.asterisk.allinone.doctor;

import com.sipstack.asterisk.demopbx.AsteriskDatabase;
import com.sipstack.asterisk.demopbx.MariaDbServer;
import com.sipstack.asterisk.demopbx.PostgresServer;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Nested;

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
    }
}
