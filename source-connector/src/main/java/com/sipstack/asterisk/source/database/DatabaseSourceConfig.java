package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.model.Topics;
import com.sipstack.asterisk.source.fleet.Fleet;
import com.sipstack.asterisk.source.fleet.FleetConfig;
import com.sipstack.asterisk.source.fleet.Setting;
import com.sipstack.asterisk.source.fleet.StartFrom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;

/**
 * The connector's settings: the PBXs by name, settings that they share, and {@code pbxs.<name>.<setting>} where one differs.
 * Which keys there are depends on the PBXs, so that a PBX's own password is a password to Connect too and shows nowhere.
 */
public final class DatabaseSourceConfig extends FleetConfig {
    /** The PBXs to read, by name. */
    public static final String PBXS = Fleet.PBXS;

    static final Fleet FLEET = new Fleet(DatabaseSettings.ALL, "pbxs.east.database.url");

    /** @throws org.apache.kafka.common.config.ConfigException if a single setting breaks its rule */
    public DatabaseSourceConfig(Map<String, String> settings) {
        super(FLEET.definition(settings), settings);
    }

    /** The keys that do not depend on the PBXs' names. */
    public static ConfigDef definition() {
        return FLEET.definition();
    }

    List<PbxConfig> pbxs() {
        return names().stream().map(this::pbx).toList();
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
        return ZoneRule.parse(text(pbx, DatabaseSettings.TIMEZONE), text(pbx, DatabaseSettings.TIMEZONE_FALLBACK));
    }

    private Rewind rewind(String pbx) {
        return new Rewind(instant(pbx, DatabaseSettings.REWIND_BEFORE), millis(pbx, DatabaseSettings.RESTART_LOOKBACK));
    }

    private KeylessWindow keyless(String pbx) {
        return new KeylessWindow(
                millis(pbx, KeylessSettings.LONGEST_CALL),
                millis(pbx, KeylessSettings.BATCH_DELAY),
                millis(pbx, KeylessSettings.NARROW_WINDOW),
                millis(pbx, KeylessSettings.WIDE_INTERVAL));
    }
}
