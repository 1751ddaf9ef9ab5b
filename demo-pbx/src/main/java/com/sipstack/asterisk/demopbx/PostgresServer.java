package com.sipstack.asterisk.demopbx;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A PostgreSQL server of our own on loopback. It runs without fsync: right for a demo and for tests, wrong for anything else. */
public final class PostgresServer implements AsteriskDatabase {
    private final EmbeddedPostgres postgres;

    private PostgresServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** Starts a server on a free port whose data is thrown away when it is closed. */
    public static PostgresServer start() throws IOException {
        return new PostgresServer(EmbeddedPostgres.builder().start());
    }

    /** The same with a WAL that can be decoded, as change data capture needs it. */
    public static PostgresServer startLogical() throws IOException {
        return new PostgresServer(EmbeddedPostgres.builder()
                .setServerConfig("wal_level", "logical")
                .start());
    }

    /** Starts a server on a free port that keeps its files under the given folder while it runs. It must be closed. */
    public static PostgresServer start(Path directory) throws IOException {
        return new PostgresServer(EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(true)
                .setRegisterShutdownHook(false)
                .start());
    }

    @Override
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    public int port() {
        return postgres.getPort();
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
