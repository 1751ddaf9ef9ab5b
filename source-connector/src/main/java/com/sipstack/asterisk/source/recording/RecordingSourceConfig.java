package com.sipstack.asterisk.source.recording;

import com.sipstack.asterisk.model.Topics;
import com.sipstack.asterisk.source.database.ZoneRule;
import com.sipstack.asterisk.source.fleet.Fleet;
import com.sipstack.asterisk.source.fleet.FleetConfig;
import com.sipstack.asterisk.source.fleet.PathPattern;
import com.sipstack.asterisk.source.fleet.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;

/** The connector's settings: the PBXs by name, settings that they share, {@code pbxs.<name>.<setting>} where one differs, and the workers'. */
public final class RecordingSourceConfig extends FleetConfig {
    static final Fleet FLEET = new Fleet(RecordingSettings.ALL, "pbxs.east.recording.paths");
    static final String VALUE_CONVERTER = "value.converter";
    static final String BYTES_CONVERTER = "org.apache.kafka.connect.converters.ByteArrayConverter";

    private final Map<String, String> settings;

    /** @throws org.apache.kafka.common.config.ConfigException if a single setting breaks its rule */
    public RecordingSourceConfig(Map<String, String> settings) {
        super(definition(settings), settings);
        this.settings = Map.copyOf(settings);
    }

    /** The keys that depend neither on the PBXs' names nor on the Kafka client's settings. */
    public static ConfigDef definition() {
        ConfigDef definition = FLEET.definition();
        WorkerSettings.define(definition);
        return definition;
    }

    /** All keys of a configuration. */
    static ConfigDef definition(Map<String, String> settings) {
        ConfigDef definition = FLEET.definition(settings);
        WorkerSettings.define(definition);
        WorkerSettings.defineClient(definition, settings);
        return definition;
    }

    List<PbxRecordingsConfig> pbxs() {
        return names().stream().map(this::pbx).toList();
    }

    Path stateDirectory() {
        return Path.of(getString(WorkerSettings.STATE_DIRECTORY));
    }

    int audioMemory() {
        return getInt(WorkerSettings.AUDIO_MEMORY);
    }

    /** What the client that reads receipts is given, secrets included. */
    Map<String, Object> client() {
        return originalsWithPrefix(WorkerSettings.KAFKA_PREFIX);
    }

    private PbxRecordingsConfig pbx(String name) {
        String systemName = text(name, RecordingSettings.SYSTEM_NAME);
        return new PbxRecordingsConfig(
                name,
                list(name, RecordingSettings.PATHS).stream()
                        .map(PathPattern::new)
                        .toList(),
                filter(name),
                new PbxRecordingsConfig.Pace(
                        millis(name, RecordingSettings.CHECK_INTERVAL), millis(name, RecordingSettings.STABILITY)),
                millis(name, RecordingSettings.ANNOUNCE_AGAIN),
                Transport.valueOf(word(name, RecordingSettings.TRANSPORT)),
                getInt(keyInUse(name, RecordingSettings.CHUNK)),
                BYTES_CONVERTER.equals(settings.get(VALUE_CONVERTER)),
                AfterUpload.valueOf(word(name, RecordingSettings.AFTER_UPLOAD)),
                new NameReader(systemName.isEmpty() ? name : systemName),
                new StartTime(ZoneRule.parse(
                        text(name, RecordingSettings.TIMEZONE), text(name, RecordingSettings.TIMEZONE_FALLBACK))),
                new Topics(text(name, RecordingSettings.TOPIC_PREFIX)));
    }

    private RecordingFilter filter(String pbx) {
        return new RecordingFilter(
                Set.copyOf(list(pbx, RecordingSettings.EXTENSIONS)),
                patterns(pbx, RecordingSettings.INCLUDE),
                patterns(pbx, RecordingSettings.EXCLUDE),
                getLong(keyInUse(pbx, RecordingSettings.MIN_SIZE)),
                millis(pbx, RecordingSettings.MIN_AGE),
                millis(pbx, RecordingSettings.MAX_AGE),
                millis(pbx, RecordingSettings.OPEN_AGE),
                millis(pbx, RecordingSettings.MIN_DURATION));
    }

    private List<Pattern> patterns(String pbx, Setting setting) {
        return list(pbx, setting).stream().map(Pattern::compile).toList();
    }

    private String word(String pbx, Setting setting) {
        return text(pbx, setting).toUpperCase(Locale.ROOT);
    }
}
