package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.model.Pbx;
import com.sipstack.asterisk.model.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * The connector's settings: the PBXs by name, settings that they share, and {@code pbxs.<name>.<setting>} where one differs.
 * Which keys there are depends on the PBXs, so that a PBX's own password is a password to Connect too and shows nowhere.
 */
public final class DatabaseSourceConfig extends AbstractConfig {
    /** The PBXs to read, by name. */
    public static final String PBXS = "pbxs";

    private static final SettingRule PBX_NAMES =
            SettingRule.eachOnce("names of PBXs, at least one and each once: " + Pbx.NAME_RULE, 1, Pbx::isName);

    /** @throws org.apache.kafka.common.config.ConfigException if a single setting breaks its rule */
    public DatabaseSourceConfig(Map<String, String> settings) {
        super(definition(settings), settings, false);
    }

    /** The keys that do not depend on the PBXs' names. */
    public static ConfigDef definition() {
        ConfigDef definition = new ConfigDef()
                .define(
                        PBXS,
                        ConfigDef.Type.LIST,
                        ConfigDef.NO_DEFAULT_VALUE,
                        PBX_NAMES,
                        Importance.HIGH,
                        "The PBXs to read, by name. The name is the key of all that a PBX says. Every other setting is shared by"
                                + " all of them, unless one has its own under pbxs.<name>.<setting>, such as"
                                + " pbxs.east.database.url.",
                        "PBXs",
                        0,
                        Width.LONG,
                        PBXS);
        for (int i = 0; i < DatabaseSettings.ALL.size(); i++) {
            DatabaseSettings.ALL.get(i).defineShared(definition, i);
        }
        return definition;
    }

    /** All keys, those of the given settings' PBXs included. */
    static ConfigDef definition(Map<String, String> settings) {
        ConfigDef definition = definition();
        names(settings).forEach(pbx -> defineFor(pbx, definition));
        return definition;
    }

    /** The key that says a PBX's value: its own if it has one, else the shared one. */
    static String keyInUse(Map<String, String> settings, String pbx, Setting setting) {
        String own = setting.keyOf(pbx);
        return settings.get(own) != null ? own : setting.key();
    }

    List<String> names() {
        return getList(PBXS);
    }

    List<PbxConfig> pbxs() {
        return names().stream().map(this::pbx).toList();
    }

    private static void defineFor(String pbx, ConfigDef definition) {
        for (int i = 0; i < DatabaseSettings.ALL.size(); i++) {
            DatabaseSettings.ALL.get(i).defineFor(pbx, definition, i);
        }
    }

    private static Stream<String> names(Map<String, String> settings) {
        return Arrays.stream(settings.getOrDefault(PBXS, "").split(",", -1))
                .map(String::strip)
                .filter(Pbx::isName)
                .distinct();
    }

    private PbxConfig pbx(String name) {
        return new PbxConfig(
                name,
                login(name),
                tables(name),
                StartFrom.parse(text(name, DatabaseSettings.START_FROM)),
                StartEpochs.parse(getList(keyInUse(name, DatabaseSettings.START_EPOCHS))),
                millis(name, DatabaseSettings.POLL_INTERVAL),
                getInt(keyInUse(name, DatabaseSettings.BATCH_ROWS)),
                zone(name),
                new Topics(text(name, DatabaseSettings.TOPIC_PREFIX)),
                rewind(name),
                new GapRule(
                        millis(name, DatabaseSettings.GAP_TIMEOUT),
                        getInt(keyInUse(name, DatabaseSettings.GAP_MAX_RANGES))),
                new ReadingLimits(
                        instant(name, DatabaseSettings.END_AT),
                        getInt(keyInUse(name, DatabaseSettings.MAX_ROWS_PER_SECOND))),
                keyless(name),
                NodeFrom.parse(text(name, DatabaseSettings.NODE_FROM)));
    }

    private DatabaseLogin login(String pbx) {
        return new DatabaseLogin(
                text(pbx, DatabaseSettings.URL),
                text(pbx, DatabaseSettings.USER),
                getPassword(keyInUse(pbx, DatabaseSettings.PASSWORD)),
                millis(pbx, DatabaseSettings.QUERY_TIMEOUT));
    }

    private List<AsteriskTable> tables(String pbx) {
        return Arrays.stream(RowKind.values())
                .flatMap(kind -> tables(pbx, kind.setting(), kind))
                .toList();
    }

    private Stream<AsteriskTable> tables(String pbx, Setting setting, RowKind kind) {
        return getList(keyInUse(pbx, setting)).stream().map(name -> new AsteriskTable(name, kind));
    }

    private ZoneRule zone(String pbx) {
        String zone = text(pbx, DatabaseSettings.TIMEZONE);
        return new ZoneRule(
                zone.equals("auto") ? Optional.empty() : Optional.of(ZoneId.of(zone)),
                ZoneId.of(text(pbx, DatabaseSettings.TIMEZONE_FALLBACK)));
    }

    private Rewind rewind(String pbx) {
        return new Rewind(instant(pbx, DatabaseSettings.REWIND_BEFORE), millis(pbx, DatabaseSettings.RESTART_LOOKBACK));
    }

    private Optional<Instant> instant(String pbx, Setting setting) {
        String text = text(pbx, setting);
        return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    }

    private KeylessWindow keyless(String pbx) {
        return new KeylessWindow(
                millis(pbx, KeylessSettings.LONGEST_CALL),
                millis(pbx, KeylessSettings.BATCH_DELAY),
                millis(pbx, KeylessSettings.NARROW_WINDOW),
                millis(pbx, KeylessSettings.WIDE_INTERVAL));
    }

    private String text(String pbx, Setting setting) {
        return getString(keyInUse(pbx, setting));
    }

    private Duration millis(String pbx, Setting setting) {
        return Duration.ofMillis(getLong(keyInUse(pbx, setting)));
    }

    private String keyInUse(String pbx, Setting setting) {
        String own = setting.keyOf(pbx);
        return get(own) != null ? own : setting.key();
    }
}
