package com.sipstack.asterisk.source.debezium;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.demopbx.AsteriskDatabase;
import com.sipstack.asterisk.source.database.DatabaseSourceConnector;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database of its own on a shared server, with Asterisk's tables in it, set up and read as the recipes in {@code manifests/}
 * say. User and password here are those of the writer.
 */
record CapturedDatabase(CdcServers kind, String name) implements AsteriskDatabase {
    private static final Path RECIPES = Path.of("..", "manifests", "debezium");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<HashMap<String, String>> SETTINGS = new TypeReference<>() {};
    private static final AtomicInteger COUNTER = new AtomicInteger();

    static CapturedDatabase on(CdcServers kind) throws SQLException, IOException {
        CapturedDatabase database = new CapturedDatabase(kind, "pbx" + COUNTER.incrementAndGet());
        try (Connection connection = kind.server().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database.name() + " " + kind.encoding());
        }
        database.createTables();
        database.execute(database.grants().split(";\\s*\n", -1));
        return database;
    }

    /** The recipe for a kind of server, as it stands. */
    static Map<String, String> settings(String dialect) throws IOException {
        return JSON.readValue(RECIPES.resolve(dialect + ".json").toFile(), SETTINGS);
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
        }
    }

    /** The recipe, with this database's place and credentials put in; its topics begin with the database's name. */
    Map<String, String> recipe(String bootstrapServers) throws IOException {
        Map<String, String> settings = settings(dialect());
        URI address = URI.create(jdbcUrl().substring("jdbc:".length()));
        settings.putAll(Map.of(
                "database.hostname",
                address.getHost(),
                "database.port",
                Integer.toString(address.getPort()),
                "database.user",
                name + "_cdc",
                "database.password",
                "change me",
                "topic.prefix",
                name,
                "transforms.rows.topic.prefix",
                name));
        settings.computeIfPresent("schema.history.internal.kafka.bootstrap.servers", (key, kafka) -> bootstrapServers);
        settings.putAll(kind.place(name));
        return settings;
    }

    /** Settings of the database source, whose records the recipe's should equal; its topics begin with {@code direct.}. */
    Map<String, String> direct() {
        return Map.of(
                "connector.class",
                DatabaseSourceConnector.class.getName(),
                "tasks.max",
                "1",
                "pbxs",
                "east",
                "database.url",
                jdbcUrl(),
                "database.user",
                user(),
                "database.password",
                password(),
                "poll.interval.ms",
                "50",
                "start.from",
                "earliest",
                "topic.prefix",
                "direct." + name);
    }

    private String grants() throws IOException {
        return Files.readString(RECIPES.resolve("grants-" + dialect() + ".sql"))
                .replace("asterisk.", name + ".")
                .replace("sipstack_cdc", name + "_cdc");
    }

    @Override
    public String jdbcUrl() {
        return kind.server().jdbcUrl().replaceFirst("/[a-z]+$", "/" + name);
    }

    @Override
    public String user() {
        return kind.server().user();
    }

    @Override
    public String password() {
        return kind.server().password();
    }

    @Override
    public String dialect() {
        return kind.server().dialect();
    }

    @Override
    public void close() {
        // The server outlives it, and so may it
    }
}
