package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.demopbx.AsteriskDatabase;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** A database server in a container, as its makers ship it; user and password are those of its superuser. */
record ContainerDatabase(String dialect, GenericContainer<?> container, int innerPort, String name, String user)
        implements AsteriskDatabase {
    private static final String PASSWORD = "s3cret";
    /** MariaDB and MySQL say it twice, the first time of a server for their own setting up, which has no port. */
    private static final String LISTENS = ".*ready for connections.*port: 3306\\s.*";

    static ContainerDatabase postgresql() {
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse("postgres:18"))
                .withEnv("POSTGRES_PASSWORD", PASSWORD)
                .withExposedPorts(5432)
                .waitingFor(Wait.forLogMessage(".*database system is ready to accept connections.*", 2));
        return started(new ContainerDatabase("postgresql", container, 5432, "postgres", "postgres"));
    }

    static ContainerDatabase mariadb() {
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse("mariadb:11.4"))
                .withEnv("MARIADB_ROOT_PASSWORD", PASSWORD)
                .withEnv("MARIADB_DATABASE", "asterisk")
                .withExposedPorts(3306)
                .waitingFor(Wait.forLogMessage(LISTENS, 1));
        return started(new ContainerDatabase("mariadb", container, 3306, "asterisk", "root"));
    }

    static ContainerDatabase mysql() {
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse("mysql:8.4"))
                .withEnv("MYSQL_ROOT_PASSWORD", PASSWORD)
                .withEnv("MYSQL_DATABASE", "asterisk")
                .withExposedPorts(3306)
                .waitingFor(Wait.forLogMessage(LISTENS, 1));
        return started(new ContainerDatabase("mysql", container, 3306, "asterisk", "root"));
    }

    @Override
    public String jdbcUrl() {
        return "jdbc:" + dialect + "://" + container.getHost() + ":" + container.getMappedPort(innerPort) + "/" + name;
    }

    @Override
    public String password() {
        return PASSWORD;
    }

    @Override
    public void close() {
        container.close();
    }

    private static ContainerDatabase started(ContainerDatabase database) {
        database.container().start();
        return database;
    }
}
