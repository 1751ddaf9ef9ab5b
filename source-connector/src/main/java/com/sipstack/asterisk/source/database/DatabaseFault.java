package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.source.fleet.Setting;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

/** What it means that a database did not do what we asked. */
sealed interface DatabaseFault permits DatabaseFault.Unreachable, DatabaseFault.Refused {
    /** It may work later: nobody there, no free connection, too slow. */
    record Unreachable(String reason) implements DatabaseFault {}

    /**
     * The server answered and said no; it will until a person changes something.
     *
     * @param setting the one to blame
     */
    record Refused(Setting setting, String reason) implements DatabaseFault {}

    /** @param asked the setting to blame if the fault names no other */
    static DatabaseFault of(SQLException e, Setting asked) {
        Setting blamed = blamed(e, asked);
        if (blamed != null) {
            return new Refused(blamed, words(e));
        }
        return isPassing(e) ? new Unreachable(words(e)) : new Refused(asked, words(e));
    }

    /** The fault in one line. */
    static String words(SQLException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.strip().split("\\R", 2)[0];
    }

    private static Setting blamed(SQLException e, Setting asked) {
        if (e.getErrorCode() == 0 && state(e).equals(Known.REJECTED)) {
            return words(e).contains("password") ? DatabaseSettings.PASSWORD : asked;
        }
        return Known.ERROR_CODES.getOrDefault(e.getErrorCode(), Known.SQL_STATES.get(state(e)));
    }

    private static boolean isPassing(SQLException e) {
        String state = state(e);
        return Known.PASSING_CODES.contains(e.getErrorCode())
                || state.length() < 2
                || Known.PASSING_CLASSES.contains(state.substring(0, 2));
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    /** What servers say, of PostgreSQL's error codes (appendix A) and MariaDB's and MySQL's error numbers. */
    final class Known {
        /** PostgreSQL's driver: the server wants what it was not offered, a password or TLS. MariaDB has it for a full house. */
        private static final String REJECTED = "08004";

        private static final Map<String, Setting> SQL_STATES = Map.of(
                "28P01", DatabaseSettings.PASSWORD, // invalid_password
                "28000", DatabaseSettings.USER, // invalid_authorization_specification
                "3D000", DatabaseSettings.URL); // invalid_catalog_name

        private static final Map<Integer, Setting> ERROR_CODES = Map.of(
                1044, DatabaseSettings.URL, // access denied to database
                1045, DatabaseSettings.PASSWORD, // access denied for user
                1049, DatabaseSettings.URL, // unknown database
                1130, DatabaseSettings.USER, // host is not allowed to connect
                1698, DatabaseSettings.USER); // access denied for user, without a password

        /** Connection, insufficient resources, operator intervention, interrupted query, general error: timeouts among them. */
        private static final Set<String> PASSING_CLASSES = Set.of("08", "53", "57", "70", "HY");

        /** Of a user who has, or did, as much as a user may for now: MariaDB and MySQL call it a fault of syntax or access. */
        private static final Set<Integer> PASSING_CODES = Set.of(
                1203, // more than the server's max_user_connections
                1226); // more than a limit of the user's own

        private Known() {}
    }
}
