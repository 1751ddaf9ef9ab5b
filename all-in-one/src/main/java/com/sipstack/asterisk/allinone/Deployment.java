package com.sipstack.asterisk.allinone;

import com.sipstack.asterisk.allinone.EnvSettings.Api;
import com.sipstack.asterisk.allinone.EnvSettings.Database;
import com.sipstack.asterisk.allinone.EnvSettings.ManagerInterface;
import com.sipstack.asterisk.assembler.AssemblerConfig;
import com.sipstack.asterisk.assembler.ConsoleConfig;
import com.sipstack.asterisk.assembler.InterpreterConfig;
import com.sipstack.asterisk.assembler.OperationConfig;
import com.sipstack.asterisk.model.Topics;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;

/**
 * What one {@code .env} means for each part: the connectors and the assembler.
 *
 * @param secrets values that stand in no topic and no answer of the REST API: connectors refer to them by name
 * @param source settings of the connector that reads the PBX's tables; empty if it reads none
 * @param files settings of the connector that reads the PBX's files; empty if it reads none
 * @param manager settings of the connector that listens to the PBX; empty if none does
 * @param sink settings of the connector that ships calls
 * @param raw settings of the connector that ships raw records; empty where they are not asked for
 * @param recordings settings of the connectors that find recordings and ship them; empty where there are none
 * @param assembler settings of the assembler
 */
public record Deployment(
        String pbx,
        Map<String, String> secrets,
        Map<String, String> source,
        Map<String, String> files,
        Map<String, String> manager,
        Map<String, String> sink,
        Optional<Map<String, String>> raw,
        Optional<Recordings> recordings,
        Map<String, String> assembler) {
    public static final String SOURCE = "asterisk-database";
    public static final String FILES = "asterisk-csv";
    public static final String MANAGER = "asterisk-ami";
    public static final String SINK = "sipstack-calls";
    public static final String RAW_SINK = "sipstack-raw";
    public static final String RECORDINGS = "asterisk-recordings";
    public static final String RECORDING_SINK = "sipstack-recordings";
    /** All that an {@code .env} can ask for: what it asks for no longer is taken away. */
    static final List<String> CONNECTORS = List.of(SOURCE, FILES, MANAGER, RECORDINGS, SINK, RAW_SINK, RECORDING_SINK);

    /** The assembler's setting that has it write raw records. */
    static final String RAW_ENABLED = "raw.enabled";

    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
    /** Variables that an assembler's setting takes as they are. */
    private static final Map<String, String> TAKEN_OVER = Map.ofEntries(
            Map.entry("TENANT", AssemblerConfig.TENANT),
            Map.entry("COUNTRY", AssemblerConfig.COUNTRY),
            Map.entry("CALL_SHIPPING_MODE", AssemblerConfig.SHIPPING_MODE),
            Map.entry("ASTERISK_EXT_MIN_LENGTH", AssemblerConfig.EXTENSION_MIN_LENGTH),
            Map.entry("ASTERISK_EXT_MAX_LENGTH", AssemblerConfig.EXTENSION_MAX_LENGTH),
            Map.entry("ASTERISK_INTL_PREFIXES", InterpreterConfig.INTERNATIONAL_PREFIXES),
            Map.entry("ASTERISK_CUSTOM_CONTEXTS", InterpreterConfig.CONTEXTS),
            Map.entry("ASTERISK_CONFIG_FILE", InterpreterConfig.DIRECTION_FILE),
            Map.entry("ASTERISK_DETECT_TRANSFERS", InterpreterConfig.TRANSFERS_DETECT),
            Map.entry("ASTERISK_E164_ENABLED", InterpreterConfig.NUMBERS_E164),
            Map.entry("NORMALIZE_PHONE_NUMBERS", InterpreterConfig.NUMBERS_NORMALIZE),
            Map.entry("STRIP_DIAL_PREFIXES", InterpreterConfig.DIAL_PREFIXES_STRIP),
            Map.entry("INCLUDE_RAW_DATA", InterpreterConfig.DOCUMENT_RAW_ROWS),
            Map.entry("KNOWN_TRUNKS", InterpreterConfig.TRUNKS),
            Map.entry("DID_TENANT_MAP", InterpreterConfig.TENANT_DIDS),
            Map.entry("ACCOUNTCODE_TENANT_MAP", InterpreterConfig.TENANT_ACCOUNTCODES),
            Map.entry("DID_TENANT_CONFIG", InterpreterConfig.TENANT_CONFIG),
            Map.entry("CONSOLE_BASE_PATH", ConsoleConfig.BASE_PATH),
            Map.entry("CONSOLE_TOKEN", ConsoleConfig.TOKEN),
            Map.entry("CONSOLE_REPLAY_TOKEN", ConsoleConfig.REPLAY_TOKEN),
            Map.entry("CONSOLE_TLS_KEYSTORE", ConsoleConfig.KEY_STORE),
            Map.entry("CONSOLE_TLS_KEYSTORE_PASSWORD", ConsoleConfig.KEY_STORE_PASSWORD),
            Map.entry("CDR_FILTER_ENABLED", InterpreterConfig.FILTER_ENABLED),
            Map.entry("CDR_FILTER_QUEUE_ATTEMPTS", InterpreterConfig.FILTER_QUEUE_ATTEMPTS),
            Map.entry("CDR_FILTER_ZERO_DURATION", InterpreterConfig.FILTER_ZERO_DURATION),
            Map.entry("CDR_FILTER_INTERNAL_ONLY", InterpreterConfig.FILTER_INTERNAL_ONLY),
            Map.entry("CDR_FILTER_MIN_DURATION", InterpreterConfig.FILTER_MIN_DURATION),
            Map.entry("CDR_FILTER_EXCLUDE_DST", InterpreterConfig.FILTER_EXCLUDE_DST));

    private static final String MILLIS = "000";
    /** What Kafka says before a setting's name; the value may be any text. */
    private static final Pattern QUOTED_VALUE =
            Pattern.compile("^Invalid value .*? for configuration ", Pattern.DOTALL);

    private static final int A_DAY = 86_400;
    private static final int MOST_PARTITIONS = 100;
    /** More is no faster: what is left is read, or sent, at once. */
    private static final int MOST_AT_ONCE = 10_000;

    private static final int MOST_ROWS_PER_SECOND = 1_000_000;

    /** From our connectors' settings back to the user's. */
    private static final Map<String, String> VARIABLES = Map.ofEntries(
            Map.entry("database.url", "DB_HOST, DB_PORT, DB_NAME"),
            Map.entry("database.user", "DB_USER"),
            Map.entry("database.password", "DB_PASSWORD"),
            Map.entry("cdr.tables", "DB_TABLE_CDR"),
            Map.entry("cel.tables", "DB_TABLE_CEL"),
            Map.entry("recordings.tables", "DB_TABLE_RECORDINGS"),
            Map.entry("cel.paths", "CEL_CSV_PATH"),
            Map.entry("cel.columns", "CEL_CSV_PATH"),
            Map.entry("cdr.paths", "CDR_CSV_PATH"),
            Map.entry("cdr.columns", "CDR_CSV_PATH"),
            Map.entry("ami.host", "AMI_HOST"),
            Map.entry("ami.user", "AMI_USERNAME, AMI_PASSWORD"),
            Map.entry("ami.tls", "AMI_TLS"),
            Map.entry("ami.tls.ca.file", "AMI_CA_FILE"),
            Map.entry("ami.events", "AMI_HOST"),
            Map.entry("poll.interval.ms", "POLL_INTERVAL"),
            Map.entry("batch.rows", "BATCH_SIZE"),
            Map.entry("max.rows.per.second", "MAX_ROWS_PER_SECOND"),
            Map.entry("start.from", "START_FROM"),
            Map.entry("timezone", "TIMEZONE"),
            Map.entry("api.key", "API_KEY"),
            Map.entry("api.region", "REGION"),
            Map.entry("api.url", "API_URL"),
            Map.entry("api.timeout.ms", "API_TIMEOUT"),
            Map.entry("api.proxy.url", "HTTPS_PROXY"),
            Map.entry("api.tls.ca.file", "API_CA_FILE"),
            Map.entry("bad.record.attempts", "API_RETRY_ATTEMPTS"),
            Map.entry("raw.mode", "CDR_MODE"),
            Map.entry("batch.size", "RAW_BATCH_SIZE"),
            Map.entry("batch.timeout.ms", "CDR_BATCH_TIMEOUT"),
            Map.entry("batch.force.timeout.ms", "CDR_BATCH_FORCE_TIMEOUT"),
            Map.entry("max.in.flight", "CDR_MAX_CONCURRENT"));

    /** @throws SettingsException if anything is missing or wrong; has a line for each fault */
    public static Deployment of(EnvSettings env) throws SettingsException {
        Map<String, String> secrets = new LinkedHashMap<>();
        Deployment deployment = new Deployment(
                env.pbx(),
                secrets,
                source(env, secrets),
                files(env),
                manager(env, secrets),
                sink(env, secrets),
                raw(env, secrets),
                recordings(env, secrets),
                assembler(env));
        env.requireNoFaults();
        return deployment;
    }

    /**
     * Asks the assembler whether it would start with its settings.
     *
     * @throws SettingsException if it would not; names the user's variable
     */
    void requireAssembler() throws SettingsException {
        try {
            new AssemblerConfig(assembler);
        } catch (ConfigException e) {
            throw new SettingsException(inUsersNames(e.getMessage()));
        }
    }

    /** The user's name of a connector's or the assembler's setting. */
    public static String variableOf(String setting) {
        String shared = setting.replaceFirst("^pbxs\\.[^.]+\\.(?=\\w)", "");
        return TAKEN_OVER.entrySet().stream()
                .filter(entry -> entry.getValue().equals(shared))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> VARIABLES.getOrDefault(shared, Recordings.VARIABLES.getOrDefault(shared, setting)));
    }

    /** A message about one of the assembler's settings, with the user's name of it before it: that of the one that is named first. */
    static String inUsersNames(String message) {
        String told = QUOTED_VALUE.matcher(message).replaceFirst("");
        TreeMap<Integer, String> byPlace = new TreeMap<>();
        TAKEN_OVER.forEach((variable, setting) -> {
            Matcher name = Pattern.compile("(?<![\\w.])" + Pattern.quote(setting) + "(?!\\w|\\.\\w)")
                    .matcher(told);
            if (name.find()) {
                byPlace.put(name.start(), variable);
            }
        });
        return byPlace.isEmpty() ? message : byPlace.firstEntry().getValue() + ": " + message;
    }

    /** What rows are read from, for a person. */
    String origin() {
        Stream<String> table = Stream.ofNullable(source.get("database.url"));
        Stream<String> paths =
                Stream.of("cdr.paths", "cel.paths").map(files::get).filter(Objects::nonNull);
        Stream<String> host = manager.isEmpty()
                ? Stream.of()
                : Stream.of("manager interface " + manager.get("ami.host") + ":" + manager.get("ami.port"));
        Stream<String> folders = recordings.stream().map(found -> "recordings in " + found.folders());
        return Stream.of(table, paths, host, folders).flatMap(part -> part).collect(Collectors.joining(", "));
    }

    private static Map<String, String> source(EnvSettings env, Map<String, String> secrets) {
        return env.database().map(database -> tables(env, database, secrets)).orElse(Map.of());
    }

    private static Map<String, String> tables(EnvSettings env, Database database, Map<String, String> secrets) {
        secrets.put("database.password", database.password());
        Map<String, String> config = new HashMap<>();
        config.put("connector.class", "com.sipstack.asterisk.source.database.DatabaseSourceConnector");
        config.put("tasks.max", "1");
        config.put("pbxs", env.pbx());
        config.put("database.url", database.jdbcUrl());
        config.put("database.user", database.user());
        config.put("cdr.tables", database.cdrTable());
        config.put("cel.tables", database.celTable());
        database.recordingTable().ifPresent(table -> config.put("recordings.tables", table));
        putSeconds(
                config,
                "poll.interval.ms",
                env.number("POLL_INTERVAL", 1, A_DAY).or(() -> env.number("CDR_POLL_INTERVAL", 1, A_DAY)));
        env.number("BATCH_SIZE", 1, Integer.MAX_VALUE)
                .or(() -> env.number("CDR_BATCH_SIZE", 1, Integer.MAX_VALUE))
                .ifPresent(rows -> config.put("batch.rows", Integer.toString(Math.min(rows, MOST_AT_ONCE))));
        env.number("MAX_ROWS_PER_SECOND", 0, MOST_ROWS_PER_SECOND)
                .ifPresent(rows -> config.put("max.rows.per.second", rows.toString()));
        env.text("START_FROM").ifPresent(from -> config.put("start.from", from));
        env.text("TIMEZONE").ifPresent(zone -> config.put("timezone", zone));
        return config;
    }

    private static Map<String, String> files(EnvSettings env) {
        Map<String, String> config = new HashMap<>();
        env.celFile().ifPresent(file -> config.put("cel.paths", file));
        env.cdrFile().ifPresent(file -> config.put("cdr.paths", file));
        if (config.isEmpty()) {
            return config;
        }
        config.put("connector.class", "com.sipstack.asterisk.source.csv.CsvSourceConnector");
        config.put("tasks.max", "1");
        config.put("pbxs", env.pbx());
        putSeconds(config, "poll.interval.ms", env.number("CEL_CSV_POLL_INTERVAL", 1, A_DAY));
        env.text("START_FROM").ifPresent(from -> config.put("start.from", from));
        env.text("TIMEZONE").ifPresent(zone -> config.put("timezone", zone));
        return config;
    }

    private static Map<String, String> manager(EnvSettings env, Map<String, String> secrets) {
        return env.managerInterface()
                .map(manager -> listening(env, manager, secrets))
                .orElse(Map.of());
    }

    private static Map<String, String> listening(
            EnvSettings env, ManagerInterface manager, Map<String, String> secrets) {
        secrets.put("ami.password", manager.secret());
        Map<String, String> config = new HashMap<>();
        config.put("connector.class", "com.sipstack.asterisk.source.ami.AmiSourceConnector");
        config.put("tasks.max", "1");
        config.put("pbxs", env.pbx());
        config.put("ami.host", manager.host());
        config.put("ami.port", Integer.toString(manager.port()));
        config.put("ami.user", manager.user());
        config.put("ami.tls", Boolean.toString(manager.isEncrypted()));
        manager.authorities().ifPresent(file -> config.put("ami.tls.ca.file", file));
        config.put("ami.events", String.join(",", manager.kinds()));
        env.text("TIMEZONE").ifPresent(zone -> config.put("timezone", zone));
        return config;
    }

    private static Map<String, String> sink(EnvSettings env, Map<String, String> secrets) {
        secrets.put("api.key", env.api().key());
        Map<String, String> config =
                shipping(env, secrets, "com.sipstack.asterisk.sink.CallSinkConnector", TOPICS.calls());
        // Of dead letters: a document may be that large, and one that cannot be written stops the task
        config.put("producer.override.max.request.size", Integer.toString(Topics.LARGEST_DOCUMENT));
        return config;
    }

    /** CDR_MODE asks for raw records, or the earlier connector's habit does. */
    private static Optional<Map<String, String>> raw(EnvSettings env, Map<String, String> secrets) {
        return env.rawMode().map(mode -> {
            Map<String, String> config =
                    shipping(env, secrets, "com.sipstack.asterisk.sink.RawSinkConnector", TOPICS.raw());
            config.put("raw.mode", mode);
            rawBatch(env).ifPresent(size -> config.put("batch.size", size.toString()));
            putSeconds(config, "batch.timeout.ms", env.number("CDR_BATCH_TIMEOUT", 0, A_DAY));
            putSeconds(config, "batch.force.timeout.ms", env.number("CDR_BATCH_FORCE_TIMEOUT", 0, A_DAY));
            env.number("CDR_MAX_CONCURRENT", 1, 1_000).ifPresent(most -> config.put("max.in.flight", most.toString()));
            return config;
        });
    }

    /** CDR_BATCH_SIZE is rows per query to the incumbent that reads tables, so it cannot mean records per request there, too. */
    private static Optional<Integer> rawBatch(EnvSettings env) {
        Optional<Integer> ours = env.number("RAW_BATCH_SIZE", 1, MOST_AT_ONCE);
        return ours.isPresent() || Recordings.isOfTables(env) ? ours : env.number("CDR_BATCH_SIZE", 1, MOST_AT_ONCE);
    }

    private static Optional<Recordings> recordings(EnvSettings env, Map<String, String> secrets) {
        Map<String, String> shipping =
                shipping(env, secrets, "com.sipstack.asterisk.sink.RecordingSinkConnector", TOPICS.recordingsReady());
        return Recordings.of(env, Recordings.USUAL_FOLDER, shipping);
    }

    private static Map<String, String> shipping(
            EnvSettings env, Map<String, String> secrets, String connector, String topic) {
        Api api = env.api();
        Map<String, String> config = new HashMap<>();
        config.put("connector.class", connector);
        config.put("tasks.max", "1");
        config.put("topics", topic);
        config.put("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
        config.put("consumer.override.isolation.level", "read_committed");
        config.put("errors.tolerance", "all");
        config.put("errors.deadletterqueue.topic.name", TOPICS.dlq());
        config.put("errors.deadletterqueue.topic.replication.factor", "1");
        config.put("api.region", api.region());
        api.url().ifPresent(url -> config.put("api.url", url));
        env.proxy().ifPresent(proxy -> putProxy(config, secrets, proxy));
        env.text("API_CA_FILE").ifPresent(file -> config.put("api.tls.ca.file", file));
        env.number("API_RETRY_ATTEMPTS", 1, 1_000)
                .ifPresent(attempts -> config.put("bad.record.attempts", attempts.toString()));
        putSeconds(config, "api.timeout.ms", api.timeoutSeconds());
        return config;
    }

    private static void putProxy(Map<String, String> config, Map<String, String> secrets, ApiProxy proxy) {
        config.put("api.proxy.url", proxy.url());
        config.put("api.proxy.user", proxy.user());
        if (!proxy.password().isEmpty()) {
            secrets.put("api.proxy.password", proxy.password());
        }
    }

    private static Map<String, String> assembler(EnvSettings env) {
        Map<String, String> config = new HashMap<>();
        config.put(AssemblerConfig.TOPICS_CREATE, "true");
        config.put(
                AssemblerConfig.TOPICS_PARTITIONS,
                env.number("PARTITIONS", 1, MOST_PARTITIONS).orElse(1).toString());
        config.put(AssemblerConfig.TOPICS_REPLICATION, "1");
        env.rawMode().ifPresent(mode -> config.put(RAW_ENABLED, "true"));
        env.number("CUSTOMER_ID", 0, Integer.MAX_VALUE)
                .ifPresent(customer -> config.put(AssemblerConfig.CUSTOMER_ID, customer.toString()));
        env.monitoring().ifPresent(monitoring -> {
            config.put(OperationConfig.HTTP_HOST, monitoring.host());
            config.put(OperationConfig.HTTP_PORT, Integer.toString(monitoring.port()));
        });
        env.console().ifPresent(page -> {
            config.put(ConsoleConfig.HOST, page.host());
            config.put(ConsoleConfig.PORT, Integer.toString(page.port()));
        });
        TAKEN_OVER.forEach((variable, setting) -> env.text(variable).ifPresent(value -> config.put(setting, value)));
        env.text("HOST_HOSTNAME")
                .ifPresent(host -> config.put(AssemblerConfig.PBXS + env.pbx() + "." + AssemblerConfig.HOSTNAME, host));
        putSeconds(config, ConsoleConfig.HISTORY, env.number("CONSOLE_HISTORY", 60, 7 * A_DAY));
        putSeconds(config, AssemblerConfig.SHIP_INCOMPLETE_AFTER, env.number("SHIP_INCOMPLETE_AFTER", 0, A_DAY));
        putSeconds(config, AssemblerConfig.SHIP_COMPLETE_AFTER, env.number("SHIP_COMPLETE_AFTER", 0, A_DAY));
        putSeconds(
                config, AssemblerConfig.LONG_CALL_UPDATE_INTERVAL, env.number("LONG_CALL_UPDATE_INTERVAL", 1, A_DAY));
        return config;
    }

    private static void putSeconds(Map<String, String> config, String setting, Optional<Integer> seconds) {
        seconds.ifPresent(number -> config.put(setting, number == 0 ? "0" : number + MILLIS));
    }
}
