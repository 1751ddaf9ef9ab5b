package com.sipstack.asterisk.source.database;

import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;

/** What a database's address must look like. Its messages never repeat the address: there may be a password in it. */
final class JdbcUrlRule implements Validator {
    @Override
    public void ensureValid(String name, Object value) {
        if (value == null) {
            return;
        }
        String url = (String) value;
        if (Dialect.of(url).isEmpty()) {
            throw new ConfigException(name + " must be " + this);
        }
        if (url.toLowerCase(Locale.ROOT).contains("password=")) {
            throw new ConfigException(
                    name + " must not hold the password, which everybody would see; it belongs into database.password");
        }
    }

    @Override
    public String toString() {
        return "a JDBC address: jdbc:postgresql://host:5432/database, jdbc:mariadb://host:3306/database"
                + " or jdbc:mysql://host:3306/database";
    }
}
