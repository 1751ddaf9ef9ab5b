package com.sipstack.asterisk.source.database;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What differs between database servers. Drivers are made here and not asked of DriverManager, which does not see those in a
 * plugin's own class loader.
 */
enum Dialect {
    POSTGRESQL("\"") {
        @Override
        Driver driver() {
            return new org.postgresql.Driver();
        }

        @Override
        void setUp(Properties properties, Duration queryTimeout) {
            properties.setProperty("connectTimeout", Long.toString(CONNECT_TIMEOUT.toSeconds()));
            properties.setProperty("loginTimeout", Long.toString(CONNECT_TIMEOUT.toSeconds()));
            properties.setProperty(
                    "socketTimeout", Long.toString(socketTimeout(queryTimeout).toSeconds()));
            properties.setProperty("tcpKeepAlive", "true");
            properties.setProperty("readOnlyMode", "always");
            properties.setProperty("ApplicationName", "sipstack-connect");
            // A plan kept by the server would fail once a column is added to the table
            properties.setProperty("prepareThreshold", "0");
            properties.setProperty("allowEncodingChanges", "true");
        }

        @Override
        String sessionSettings(Connection connection, Duration queryTimeout) throws SQLException {
            String encoding = connection.unwrap(PGConnection.class).getParameterStatus("server_encoding");
            String limit = "SET statement_timeout = " + queryTimeout.toMillis();
            // Such a server lets any bytes in, but none out that are no UTF-8 for a client that speaks it
            return "SQL_ASCII".equals(encoding) ? limit + "; SET client_encoding = 'LATIN1'" : limit;
        }

        @Override
        Optional<String> idStepQuery() {
            return Optional.empty();
        }

        @Override
        boolean showsSequences(Connection connection) throws SQLException {
            return connection.getMetaData().getDatabaseMajorVersion() >= FIRST_WITH_SEQUENCE_CATALOG;
        }

        @Override
        String textParameter(String typeName) {
            return "CAST(? AS " + typeName + ")";
        }
    },
    /** MariaDB and MySQL. */
    MARIADB("`") {
        @Override
        Driver driver() {
            return new org.mariadb.jdbc.Driver();
        }

        @Override
        void setUp(Properties properties, Duration queryTimeout) {
            properties.setProperty("connectTimeout", Long.toString(CONNECT_TIMEOUT.toMillis()));
            properties.setProperty(
                    "socketTimeout", Long.toString(socketTimeout(queryTimeout).toMillis()));
            // Or the number in an amaflags TINYINT(1) becomes true
            properties.setProperty("tinyInt1isBit", "false");
            // Or the server may ask for files of ours
            properties.setProperty("allowLocalInfile", "false");
            // Or nobody logs in to a MySQL 8 without TLS: it encrypts passwords by a key that it hands out
            properties.setProperty("allowPublicKeyRetrieval", "true");
        }

        @Override
        String sessionSettings(Connection connection, Duration queryTimeout) throws SQLException {
            return connection.getMetaData().getDatabaseProductName().equals("MySQL")
                    ? "SET SESSION max_execution_time = " + queryTimeout.toMillis()
                    : "SET SESSION max_statement_time = " + queryTimeout.toMillis() / 1000.0;
        }

        @Override
        Optional<String> idStepQuery() {
            // A session's own would not follow when a node joins a Galera cluster
            return Optional.of("SELECT @@GLOBAL.auto_increment_increment");
        }

        @Override
        boolean showsSequences(Connection connection) {
            return false;
        }

        @Override
        String textParameter(String typeName) {
            return "?"; // converted to the column's type before an index is searched
        }
    };

    private static final Logger LOG = LoggerFactory.getLogger(Dialect.class);
    private static final String INVALID_VALUE = "22023";
    private static final int FIRST_WITH_SEQUENCE_CATALOG = 10;
    private static final int UNKNOWN_SYSTEM_VARIABLE = 1193;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    /** The server ends a query first, and says why; the socket's timeout is for a server that says nothing at all. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final String quote;

    Dialect(String quote) {
        this.quote = quote;
    }

    /** Empty if the address is of no server that we can read. */
    static Optional<Dialect> of(String url) {
        if (url.startsWith("jdbc:postgresql:")) {
            return Optional.of(POSTGRESQL);
        }
        return url.startsWith("jdbc:mariadb:") || url.startsWith("jdbc:mysql:")
                ? Optional.of(MARIADB)
                : Optional.empty();
    }

    /** Opens a read-only connection in which each query is a transaction of its own. */
    static Connection connect(DatabaseLogin login) throws SQLException {
        return login.dialect().open(login);
    }

    /** Quotes a table's name, after its schema and a dot if it has one. */
    String quoted(String name) {
        return Stream.of(name.split("\\.", -1)).map(this::quotedPart).collect(Collectors.joining("."));
    }

    /** Quotes the name of a column, or of a table without its schema. */
    String quotedPart(String name) {
        return quote + name.replace(quote, quote + quote) + quote;
    }

    abstract Driver driver();

    abstract void setUp(Properties properties, Duration queryTimeout);

    abstract String sessionSettings(Connection connection, Duration queryTimeout) throws SQLException;

    /** Asks by how much the ids of one writer rise; empty where that is always by one. */
    abstract Optional<String> idStepQuery();

    /** Whether the server tells who uses the sequence that gives out a table's ids. */
    abstract boolean showsSequences(Connection connection) throws SQLException;

    /** A parameter that is given as text and compared with a column of a type. */
    abstract String textParameter(String typeName);

    private Connection open(DatabaseLogin login) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password().value());
        setUp(properties, login.queryTimeout());
        Connection connection = driver().connect(login.url().replaceFirst("^jdbc:mysql:", "jdbc:mariadb:"), properties);
        if (connection == null) {
            throw new SQLException(login.place() + " is no address that the driver understands", INVALID_VALUE);
        }
        return prepared(connection, login);
    }

    private Connection prepared(Connection connection, DatabaseLogin login) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            connection.setReadOnly(true);
            limit(statement, sessionSettings(connection, login.queryTimeout()));
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** MariaDB before 10.1 and MySQL before 5.7 have no such limit: there the socket's timeout is the only one. */
    private static void limit(Statement statement, String sql) throws SQLException {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            if (e.getErrorCode() != UNKNOWN_SYSTEM_VARIABLE) {
                throw e;
            }
            LOG.debug("The server cannot limit how long a query runs", e);
        }
    }

    private static Duration socketTimeout(Duration queryTimeout) {
        return queryTimeout.plus(GRACE);
    }
}
