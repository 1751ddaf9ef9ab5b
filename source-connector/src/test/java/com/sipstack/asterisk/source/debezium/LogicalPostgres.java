package com.sipstack.asterisk.source.debezium;

import com.sipstack.asterisk.demopbx.AsteriskDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A PostgreSQL server on loopback whose WAL can be decoded, as Debezium needs it. */
record LogicalPostgres(EmbeddedPostgres postgres) implements AsteriskDatabase {
    static LogicalPostgres start() throws IOException {
        return new LogicalPostgres(EmbeddedPostgres.builder()
                .setServerConfig("wal_level", "logical")
                .start());
    }

    @Override
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    @Override
    public String user() {
        return "postgres";
    }

    @Override
    public String password() {
        return "postgres";
    }

    @Override
    public String dialect() {
        return "postgresql";
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not stop", e);
        }
    }
}
