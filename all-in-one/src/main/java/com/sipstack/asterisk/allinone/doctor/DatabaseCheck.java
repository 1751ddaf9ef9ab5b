package com.sipstack.asterisk.allinone.doctor;

import com.sipstack.asterisk.allinone.EnvTargets.Tables;
import com.sipstack.asterisk.allinone.Reason;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/** Logs in to a PBX's database, read-only, and looks at its tables. */
final class DatabaseCheck implements Check {
    private static final int TIMEOUT_SECONDS = 5;
    /** Longer than a CDR takes to be written where it is written at once. */
    private static final Duration PROMPT = Duration.ofMinutes(1);

    private final Tables target;
    private final Clock clock;

    DatabaseCheck(Tables target, Clock clock) {
        this.target = target;
        this.clock = clock;
    }

    @Override
    public Area area() {
        return Area.DATABASE;
    }

    @Override
    public void run(Findings out) {
        try (Connection connection = DriverManager.getConnection(target.jdbcUrl(), properties())) {
            look(connection, out);
        } catch (SQLException e) {
            tellFault(e, out);
        }
    }

    private void look(Connection connection, Findings out) {
        try {
            connection.setReadOnly(true);
            DatabaseMetaData server = connection.getMetaData();
            out.ok("logged in as " + target.user() + " at " + place() + ", " + server.getDatabaseProductName() + " "
                    + server.getDatabaseProductVersion());
            tellDelay(
                    look(connection, target.cdrTable(), TableKind.CDR, out),
                    look(connection, target.celTable(), TableKind.CEL, out),
                    out);
        } catch (SQLException e) {
            out.error(
                    place() + " does not answer a query: " + Reason.of(e),
                    "It may be overloaded, or the table locked: SHOW PROCESSLIST or pg_stat_activity tells.");
        }
    }

    private Optional<TableRows> look(Connection connection, Optional<String> table, TableKind kind, Findings out)
            throws SQLException {
        return table.isEmpty()
                ? Optional.empty()
                : new TableCheck(connection, table.get(), kind, target.timezone(), clock).run(out);
    }

    /** Both tables have the PBX's local time, so one need not know its zone to compare them. */
    private static void tellDelay(Optional<TableRows> cdrs, Optional<TableRows> events, Findings out) {
        Optional<Duration> delay = cdrs.flatMap(TableRows::newestEnd)
                .flatMap(written -> events.flatMap(TableRows::newestEnd).map(seen -> Duration.between(written, seen)));
        if (delay.filter(late -> late.compareTo(PROMPT) > 0).isPresent()) {
            out.warning(
                    "calls have ended up to " + Ages.of(delay.get()) + " after the newest CDR",
                    "If it is always so, CDRs are written in batches, or not at all any more:\n"
                            + "asterisk -rx \"cdr show status\" tells; asterisk -rx \"cdr submit\" writes what waits.\n"
                            + AsteriskConfiguration.CDR);
        }
    }

    private void tellFault(SQLException fault, Findings out) {
        String state = String.valueOf(fault.getSQLState());
        String text = place() + ": " + Reason.of(fault);
        if (state.startsWith("28")) {
            out.error(text, "Set DB_USER and DB_PASSWORD; the user must be allowed to come from this machine.");
        } else if (state.equals("3D000") || fault.getErrorCode() == 1049) {
            out.error(text, "Set DB_NAME to the database that holds Asterisk's tables.");
        } else if (fault.getErrorCode() == 1044) {
            out.error(text, "Let the user in: GRANT SELECT ON " + name() + ".* TO " + target.user() + ";");
        } else {
            out.error(
                    text,
                    "Is the server running, does it listen on this address (bind-address, listen_addresses), and is its port open"
                            + " in firewalls? DB_HOST and DB_PORT name it.");
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("user", target.user());
        properties.setProperty("password", target.password());
        boolean isPostgres = target.jdbcUrl().startsWith("jdbc:postgresql:");
        String unit = isPostgres ? "" : "000";
        properties.setProperty("connectTimeout", TIMEOUT_SECONDS + unit);
        properties.setProperty("socketTimeout", 2 * TIMEOUT_SECONDS + unit);
        if (!isPostgres) {
            // Or nobody logs in to a MySQL 8 without TLS
            properties.setProperty("allowPublicKeyRetrieval", "true");
        }
        return properties;
    }

    private String place() {
        return target.jdbcUrl().replaceFirst("^jdbc:\\w+://", "");
    }

    private String name() {
        return target.jdbcUrl().replaceFirst(".*/", "");
    }
}
