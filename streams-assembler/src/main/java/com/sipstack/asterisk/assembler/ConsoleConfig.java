package com.sipstack.asterisk.assembler;

import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.PASSWORD;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import com.sipstack.asterisk.assembler.console.ConsoleSettings;
import com.sipstack.asterisk.assembler.console.ConsoleSettings.KeyStoreFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** Where the console is served, and to whom: part of {@link AssemblerConfig}. */
public final class ConsoleConfig {
    public static final String HOST = "console.host";
    public static final String PORT = "console.port";
    public static final String BASE_PATH = "console.base.path";
    public static final String TOKEN = "console.token";
    public static final String REPLAY_TOKEN = "console.replay.token";
    public static final String KEY_STORE = "console.tls.keystore";
    public static final String KEY_STORE_PASSWORD = "console.tls.keystore.password";
    public static final String HISTORY = "console.history.ms";
    public static final String CALLS_MAX = "console.calls.max";
    public static final String VIEWERS_MAX = "console.viewers.max";

    private static final int SHORTEST_TOKEN = 16;
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)*");
    private static final Validator A_PATH = LambdaValidator.with(
            (name, value) -> {
                if (!PATH.matcher((String) value).matches()) {
                    throw new ConfigException(
                            name, value, "should be empty or a path like /console, without / at its end");
                }
            },
            () -> "empty, or a path like /console");
    private static final Validator A_TOKEN = LambdaValidator.with(
            (name, value) -> {
                int length = ((Password) value).value().length();
                if (length > 0 && length < SHORTEST_TOKEN) {
                    throw new ConfigException(name + " must have at least " + SHORTEST_TOKEN + " characters");
                }
            },
            () -> "empty, or at least " + SHORTEST_TOKEN + " characters");

    private final AbstractConfig settings;

    ConsoleConfig(AbstractConfig settings) {
        this.settings = settings;
    }

    static ConfigDef define(ConfigDef all) {
        SettingsGroups.add(all, "Console", addressSettings());
        return SettingsGroups.add(all, "Console", boundSettings());
    }

    private static ConfigDef addressSettings() {
        return new ConfigDef()
                .define(
                        HOST,
                        STRING,
                        "127.0.0.1",
                        new ConfigDef.NonEmptyString(),
                        Importance.LOW,
                        "Address on which the console is served. Any other than loopback needs console.token.")
                .define(
                        PORT,
                        INT,
                        0,
                        Range.between(0, 65_535),
                        Importance.MEDIUM,
                        "Port on which the console is served, the page that shows calls; 0 serves none.")
                .define(
                        BASE_PATH,
                        STRING,
                        "",
                        A_PATH,
                        Importance.LOW,
                        "What the console's addresses begin with, where a proxy keeps it under a path of its own.")
                .define(
                        TOKEN,
                        PASSWORD,
                        "",
                        A_TOKEN,
                        Importance.MEDIUM,
                        "What lets somebody look: the password that the browser asks for, with any user name. Empty lets in everybody who"
                                + " reaches the address, which must be loopback then.")
                .define(
                        REPLAY_TOKEN,
                        PASSWORD,
                        "",
                        A_TOKEN,
                        Importance.MEDIUM,
                        "What lets somebody replay dead letters, asked for each time. Empty: nobody does, and the console only reads.")
                .define(
                        KEY_STORE,
                        STRING,
                        "",
                        Importance.LOW,
                        "A key store (PKCS12 or JKS) with the certificate and key to serve the console by HTTPS; empty serves it by HTTP.")
                .define(KEY_STORE_PASSWORD, PASSWORD, "", Importance.LOW, "Password of the key store and of its key.");
    }

    private static ConfigDef boundSettings() {
        return new ConfigDef()
                .define(
                        HISTORY,
                        LONG,
                        Duration.ofHours(6).toMillis(),
                        Range.atLeast(60_000),
                        Importance.LOW,
                        "How long a finished call stays on the board and is found, in milliseconds. So much is read from the topic of documents"
                                + " at the start.")
                .define(
                        CALLS_MAX,
                        INT,
                        20_000,
                        Range.between(100, 1_000_000),
                        Importance.LOW,
                        "How many calls the board holds, a few kB each; the oldest finished one goes first.")
                .define(
                        VIEWERS_MAX,
                        INT,
                        50,
                        Range.between(1, 1_000),
                        Importance.LOW,
                        "How many pages are kept up to date at a time, each by a thread of its own.");
    }

    /** Empty if there is no console. */
    Optional<ConsoleSettings> console() {
        if (settings.getInt(PORT) == 0) {
            return Optional.empty();
        }
        return Optional.of(new ConsoleSettings(
                address(),
                settings.getString(BASE_PATH),
                secret(TOKEN),
                secret(REPLAY_TOKEN),
                keyStore(),
                Duration.ofMillis(settings.getLong(HISTORY)),
                settings.getInt(CALLS_MAX),
                settings.getInt(VIEWERS_MAX)));
    }

    /** @throws ConfigException if everybody in the network could look at the calls */
    void requireToken() {
        if (settings.getInt(PORT) != 0 && !isLoopback() && secret(TOKEN).isEmpty()) {
            throw new ConfigException(
                    HOST,
                    settings.getString(HOST),
                    "is not loopback: everybody who reaches it would see every call. Set " + TOKEN);
        }
    }

    /** Whether letters may be replayed from it. */
    boolean mayReplay() {
        return console().isPresent() && secret(REPLAY_TOKEN).isPresent();
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(settings.getString(HOST), settings.getInt(PORT));
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(settings.getString(HOST)).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new ConfigException(HOST, settings.getString(HOST), "is no address of this machine");
        }
    }

    private Optional<String> secret(String name) {
        return Optional.of(settings.getPassword(name).value()).filter(text -> !text.isEmpty());
    }

    private Optional<KeyStoreFile> keyStore() {
        return Optional.of(settings.getString(KEY_STORE))
                .filter(path -> !path.isBlank())
                .map(path -> new KeyStoreFile(
                        Path.of(path), secret(KEY_STORE_PASSWORD).orElse("")));
    }
}
