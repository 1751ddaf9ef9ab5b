package com.sipstack.asterisk.allinone.migrate;

import com.sipstack.asterisk.allinone.EnvSettings;
import com.sipstack.asterisk.model.Topics;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What an {@code .env} says of recordings, as the connector that finds them and the one that uploads them have it. */
final class RecordingConnectors {
    static final String SOURCE = "asterisk-recordings";
    static final String SINK = "sipstack-recordings";

    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
    private static final int A_DAY_MINUTES = 1_440;
    private static final int A_YEAR_HOURS = 8_760;

    private final EnvSettings env;
    private final Incumbent incumbent;
    private final Site site;

    RecordingConnectors(EnvSettings env, Incumbent incumbent, Site site) {
        this.env = env;
        this.incumbent = incumbent;
        this.site = site;
    }

    /** @param pbx whose recordings */
    Map<String, String> source(String pbx) {
        Map<String, String> config = new TreeMap<>();
        config.put("connector.class", "com.sipstack.asterisk.source.recording.RecordingSourceConnector");
        config.put("tasks.max", "1");
        config.put("pbxs", pbx);
        config.put("recording.paths", paths());
        config.put("recording.extensions", env.text("RECORDING_FILE_EXTENSIONS").orElse(incumbent.extensions()));
        config.put("after.upload", env.isOn("RECORDING_DELETE_AFTER_UPLOAD") ? "delete" : incumbent.afterUpload());
        config.put("state.directory", site.stateDirectory() + "/recordings");
        config.put("kafka.bootstrap.servers", site.bootstrapServers());
        env.text("TIMEZONE").ifPresent(zone -> config.put("timezone", zone));
        putFilters(config);
        putPace(config);
        return config;
    }

    /** @param calls settings of the connector that ships calls, whose API it is, too */
    Map<String, String> sink(Map<String, String> calls) {
        Map<String, String> config = new TreeMap<>(calls);
        config.put("connector.class", "com.sipstack.asterisk.sink.RecordingSinkConnector");
        config.put("topics", TOPICS.recordingsReady());
        config.put("file.roots", paths());
        config.put("kafka.bootstrap.servers", site.bootstrapServers());
        env.number("CDR_MAX_CONCURRENT_UPLOADS", 1, 1_000)
                .ifPresent(most -> config.put("max.in.flight", most.toString()));
        return config;
    }

    private String paths() {
        return env.text("RECORDING_PATHS")
                .or(() -> env.text("RECORDING_WATCH_PATHS"))
                .orElse("/var/spool/asterisk/monitor");
    }

    private void putFilters(Map<String, String> config) {
        env.text("RECORDING_INCLUDE_PATTERNS").ifPresent(parts -> config.put("include.patterns", patterns(parts)));
        env.text("RECORDING_EXCLUDE_PATTERNS").ifPresent(parts -> config.put("exclude.patterns", patterns(parts)));
        env.number("RECORDING_MIN_FILE_SIZE", 1, Integer.MAX_VALUE)
                .ifPresent(bytes -> config.put("min.size.bytes", bytes.toString()));
        putMillis(config, "min.age.ms", env.number("RECORDING_MIN_AGE_MINUTES", 0, A_DAY_MINUTES), 60_000);
        putMillis(config, "min.duration.ms", env.number("RECORDING_MIN_DURATION", 0, 86_400), 1_000);
        putMillis(config, "max.age.ms", env.number("RECORDING_MAX_AGE_HOURS", 1, A_YEAR_HOURS), 3_600_000);
    }

    private void putPace(Map<String, String> config) {
        putMillis(config, "check.interval.ms", env.number("RECORDING_CHECK_INTERVAL_SECONDS", 1, 3_600), 1_000);
        putMillis(config, "stability.check.ms", env.number("RECORDING_STABILITY_CHECK", 0, 60), 1_000);
    }

    /** The incumbent's are parts of names, ours regular expressions. */
    private static String patterns(String parts) {
        return Arrays.stream(parts.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(part -> part.matches("[\\w-]+") ? part : Pattern.quote(part))
                .collect(Collectors.joining(","));
    }

    private static void putMillis(Map<String, String> config, String setting, Optional<Integer> number, long unit) {
        number.ifPresent(value -> config.put(setting, Long.toString(value * unit)));
    }
}
