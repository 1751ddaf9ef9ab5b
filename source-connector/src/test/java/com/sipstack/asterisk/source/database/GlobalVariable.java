package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.demopbx.AsteriskDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A global variable of a MariaDB server that has another value for a while. */
record GlobalVariable(AsteriskDatabase server, String name, int before) implements AutoCloseable {
    static GlobalVariable set(AsteriskDatabase server, String name, int value) throws SQLException {
        GlobalVariable variable = new GlobalVariable(server, name, read(server, name));
        variable.set(value);
        return variable;
    }

    int value() throws SQLException {
        return read(server, name);
    }

    @Override
    public void close() throws SQLException {
        set(before);
    }

    private void set(int value) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET GLOBAL " + name + " = " + value);
        }
    }

    private static int read(AsteriskDatabase server, String name) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT @@GLOBAL." + name)) {
            result.next();
            return result.getInt(1);
        }
    }
}
