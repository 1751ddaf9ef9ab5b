package com.sipstack.asterisk.source.csv;

import com.sipstack.asterisk.model.Topics;
import com.sipstack.asterisk.source.csv.PbxFilesConfig.Watched;
import com.sipstack.asterisk.source.database.RowKind;
import com.sipstack.asterisk.source.database.ZoneRule;
import com.sipstack.asterisk.source.fleet.Fleet;
import com.sipstack.asterisk.source.fleet.FleetConfig;
import com.sipstack.asterisk.source.fleet.Setting;
import com.sipstack.asterisk.source.fleet.StartFrom;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;

/** The connector's settings: the PBXs by name, settings that they share, and {@code pbxs.<name>.<setting>} where one differs. */
public final class CsvSourceConfig extends FleetConfig {
    static final Fleet FLEET = new Fleet(CsvSettings.ALL, "pbxs.east.cel.paths");

    /** @throws org.apache.kafka.common.config.ConfigException if a single setting breaks its rule */
    public CsvSourceConfig(Map<String, String> settings) {
        super(FLEET.definition(settings), settings);
    }

    /** The keys that do not depend on the PBXs' names. */
    public static ConfigDef definition() {
        return FLEET.definition();
    }

    List<PbxFilesConfig> pbxs() {
        return names().stream().map(this::pbx).toList();
    }

    private PbxFilesConfig pbx(String name) {
        return new PbxFilesConfig(
                name,
                Stream.concat(
                                watched(name, CsvSettings.CEL_PATHS, RowKind.CEL, CsvSettings.CEL_COLUMNS),
                                watched(name, CsvSettings.CDR_PATHS, RowKind.CDR, CsvSettings.CDR_COLUMNS))
                        .toList(),
                StartFrom.parse(text(name, CsvSettings.START_FROM)),
                millis(name, CsvSettings.POLL_INTERVAL),
                instant(name, CsvSettings.REWIND_BEFORE),
                millis(name, CsvSettings.RESTART_LOOKBACK),
                zone(name),
                new Topics(text(name, CsvSettings.TOPIC_PREFIX)));
    }

    private Stream<Watched> watched(String pbx, Setting paths, RowKind kind, Setting columns) {
        return list(pbx, paths).stream()
                .map(path -> new Watched(new FilePattern(path), kind, paths, columns, list(pbx, columns)));
    }

    private ZoneRule zone(String pbx) {
        return ZoneRule.parse(text(pbx, CsvSettings.TIMEZONE), text(pbx, CsvSettings.TIMEZONE_FALLBACK));
    }
}
