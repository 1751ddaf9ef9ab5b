package com.sipstack.asterisk.assembler;

import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;

/** How the assembler is run and watched: part of {@link AssemblerConfig}. */
public final class OperationConfig {
    public static final String SETTINGS_FILE = "settings.file";
    public static final String HTTP_HOST = "http.host";
    public static final String HTTP_PORT = "http.port";
    public static final String THREAD_REPLACEMENTS = "thread.replacements.max";
    public static final String THREAD_REPLACEMENTS_WINDOW = "thread.replacements.window.ms";

    private final AbstractConfig settings;

    OperationConfig(AbstractConfig settings) {
        this.settings = settings;
    }

    static ConfigDef define(ConfigDef all) {
        return SettingsGroups.add(all, "Operation", settings());
    }

    private static ConfigDef settings() {
        return new ConfigDef()
                .define(
                        SETTINGS_FILE,
                        STRING,
                        "",
                        Importance.MEDIUM,
                        "A file with settings of single PBXs, read again whenever it changes: properties (pbxs.<pbx>.<setting>=<value>), or JSON"
                                + " with one object for each PBX. It counts for more than this configuration, and the settings"
                                + " topic for more than it.")
                .define(
                        HTTP_HOST,
                        STRING,
                        "127.0.0.1",
                        new ConfigDef.NonEmptyString(),
                        Importance.LOW,
                        "Address on which /health, /ready and /metrics are served.")
                .define(
                        HTTP_PORT,
                        INT,
                        0,
                        Range.between(0, 65_535),
                        Importance.MEDIUM,
                        "Port on which /health, /ready and /metrics are served; 0 serves none.")
                .define(
                        THREAD_REPLACEMENTS,
                        INT,
                        10,
                        Range.atLeast(0),
                        Importance.LOW,
                        "How many threads that died are replaced within the window; the next one that dies ends the process.")
                .define(
                        THREAD_REPLACEMENTS_WINDOW,
                        LONG,
                        Duration.ofMinutes(10).toMillis(),
                        Range.atLeast(1),
                        Importance.LOW,
                        "The window in which the threads that died are counted, in milliseconds.");
    }

    Optional<Path> settingsFile() {
        return Optional.of(settings.getString(SETTINGS_FILE))
                .filter(path -> !path.isBlank())
                .map(Path::of);
    }

    /** Where to serve health and metrics; empty for nowhere. */
    Optional<InetSocketAddress> httpAddress() {
        return settings.getInt(HTTP_PORT) == 0
                ? Optional.empty()
                : Optional.of(new InetSocketAddress(settings.getString(HTTP_HOST), settings.getInt(HTTP_PORT)));
    }

    ThreadDeaths threadDeaths(Clock clock) {
        return new ThreadDeaths(
                settings.getInt(THREAD_REPLACEMENTS),
                Duration.ofMillis(settings.getLong(THREAD_REPLACEMENTS_WINDOW)),
                clock);
    }
}
