package com.sipstack.asterisk.source.debezium;

import com.sipstack.asterisk.demopbx.AsteriskDatabase;
import com.sipstack.asterisk.demopbx.MariaDbServer;
import com.sipstack.asterisk.demopbx.MySqlServer;
import com.sipstack.asterisk.demopbx.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * One server of each kind that Debezium reads, for all tests of a JVM, at whose end they stop. Tests of a server that does not run on
 * this system are skipped, and say why.
 */
enum CdcServers {
    POSTGRESQL("ENCODING 'UTF8' TEMPLATE template0") {
        @Override
        AsteriskDatabase start() throws IOException {
            return PostgresServer.startLogical();
        }

        @Override
        Map<String, String> place(String database) {
            return Map.of("database.dbname", database, "slot.name", database, "database.sslmode", "disable");
        }
    },
    MARIADB("CHARACTER SET utf8mb4") {
        @Override
        AsteriskDatabase start() throws IOException {
            return MariaDbServer.start(
                    "--server-id=1",
                    "--log-bin=mysql-bin",
                    "--binlog-format=ROW",
                    "--binlog-row-image=FULL",
                    "--sync-binlog=0");
        }

        @Override
        Map<String, String> place(String database) {
            Map<String, String> place = new HashMap<>(placeInBinlog(database));
            place.put("database.ssl.mode", "disable");
            return place;
        }
    },
    MYSQL("CHARACTER SET utf8mb4") {
        @Override
        AsteriskDatabase start() throws IOException {
            return MySqlServer.start("--server-id=1", "--log-bin=mysql-bin", "--sync-binlog=0");
        }

        /** TLS stays as the recipe has it: this server makes a certificate for itself. */
        @Override
        Map<String, String> place(String database) {
            return placeInBinlog(database);
        }
    };

    private final String encoding;

    @SuppressWarnings("ImmutableEnumChecker") // started when it is first asked for
    private AsteriskDatabase server;

    @SuppressWarnings("ImmutableEnumChecker") // known when it is first asked for
    private String unusable;

    CdcServers(String encoding) {
        this.encoding = encoding;
    }

    abstract AsteriskDatabase start() throws IOException;

    /** The settings of the recipe that differ from one database of the server to another, or are of no use on loopback. */
    abstract Map<String, String> place(String database);

    /** Completes CREATE DATABASE. */
    String encoding() {
        return encoding;
    }

    synchronized AsteriskDatabase server() {
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

    private static Map<String, String> placeInBinlog(String database) {
        return Map.of(
                "database.include.list",
                database,
                "table.include.list",
                database + ".cdr," + database + ".cel",
                "schema.history.internal.kafka.topic",
                "schema-history." + database);
    }
}
