package com.sipstack.asterisk.allinone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the variables about recordings mean for the connector that finds them and for the one that uploads them.
 *
 * @param folders with commas between
 * @param source settings of the one that finds them, but for Kafka's address and its place in the data directory
 * @param sink settings of the one that uploads them, but for Kafka's address and secrets
 */
public record Recordings(String folders, Map<String, String> source, Map<String, String> sink) {
    /** Where Asterisk writes them, and both incumbents look for them unless they are told otherwise. */
    public static final Path USUAL_FOLDER = Path.of("/var/spool/asterisk/monitor");

    /** From our connectors' settings back to the user's. */
    static final Map<String, String> VARIABLES = Map.of(
            "recording.paths", "RECORDING_PATHS, RECORDING_WATCH_PATHS",
            "file.roots", "RECORDING_PATHS, RECORDING_WATCH_PATHS",
            "recording.extensions", "RECORDING_FILE_EXTENSIONS",
            "after.upload", "RECORDING_AFTER_UPLOAD");

    static final String NONE = "none";
    private static final int A_DAY_OF_MINUTES = 1440;
    private static final int TEN_YEARS_OF_HOURS = 87_600;
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    /**
     * Empty if none are to be uploaded.
     *
     * @param usual folder to take if none is named, and it is there
     * @param shipping settings that every sink has
     */
    static Optional<Recordings> of(EnvSettings env, Path usual, Map<String, String> shipping) {
        Optional<String> named = env.text("RECORDING_PATHS").or(() -> env.text("RECORDING_WATCH_PATHS"));
        Optional<String> folders =
                named.isPresent() || !Files.isDirectory(usual) ? named : Optional.of(usual.toString());
        return folders.filter(text -> !text.equalsIgnoreCase(NONE))
                .map(text -> new Recordings(text, source(env, text), sink(env, text, shipping)));
    }

    /** Whether accepted files stay where they are. */
    boolean isKept() {
        return "keep".equals(source.get("after.upload"));
    }

    private static Map<String, String> source(EnvSettings env, String folders) {
        Map<String, String> config = new HashMap<>();
        config.put("connector.class", "com.sipstack.asterisk.source.recording.RecordingSourceConnector");
        config.put("tasks.max", "1");
        config.put("pbxs", env.pbx());
        config.put("recording.paths", folders);
        config.put("audio.transport", "reference");
        // After a power failure Kafka may have lost what the ledger calls sent; the assembler knows one that it was
        // sent before
        config.put("announce.again.after.ms", Long.toString(6 * HOUR));
        config.put("after.upload", afterUpload(env));
        config.put("recording.extensions", extensions(env));
        env.text("RECORDING_INCLUDE_PATTERNS").ifPresent(parts -> config.put("include.patterns", patterns(parts)));
        env.text("RECORDING_EXCLUDE_PATTERNS").ifPresent(parts -> config.put("exclude.patterns", patterns(parts)));
        env.number("RECORDING_MIN_FILE_SIZE", 0, Integer.MAX_VALUE)
                .ifPresent(bytes -> config.put("min.size.bytes", Integer.toString(Math.max(1, bytes))));
        put(config, "min.age.ms", env.number("RECORDING_MIN_AGE_MINUTES", 0, A_DAY_OF_MINUTES), MINUTE);
        put(config, "max.age.ms", env.number("RECORDING_MAX_AGE_HOURS", 1, TEN_YEARS_OF_HOURS), HOUR);
        put(config, "min.duration.ms", env.number("RECORDING_MIN_DURATION", 0, 86_400), SECOND);
        put(config, "check.interval.ms", env.number("RECORDING_CHECK_INTERVAL_SECONDS", 1, 60), SECOND);
        put(config, "stability.check.ms", env.number("RECORDING_STABILITY_CHECK", 0, 60), SECOND);
        env.text("TIMEZONE").ifPresent(zone -> config.put("timezone", zone));
        return config;
    }

    private static Map<String, String> sink(EnvSettings env, String folders, Map<String, String> shipping) {
        Map<String, String> config = new HashMap<>(shipping);
        config.put("file.roots", withoutPatterns(folders));
        // A batch of so many, so many of it at a time
        Stream.of("CDR_MAX_CONCURRENT_UPLOADS", "RECORDING_BATCH_SIZE")
                .flatMap(variable -> env.number(variable, 1, 1000).stream())
                .min(Integer::compare)
                .ifPresent(most -> config.put("max.in.flight", most.toString()));
        env.number("RECORDING_UPLOAD_RETRY_MINUTES", 0, A_DAY_OF_MINUTES).ifPresent(minutes -> {
            String setting = minutes == 0 ? "retry.timeout.ms" : "retry.backoff.max.ms";
            config.put(setting, Long.toString(minutes * MINUTE));
        });
        return config;
    }

    /** The AMI incumbent puts files away, the one of the tables never touches them. */
    private static String afterUpload(EnvSettings env) {
        boolean isDeleted = env.isOn("RECORDING_DELETE_AFTER_UPLOAD");
        return env.text("RECORDING_AFTER_UPLOAD")
                .map(word -> word.toLowerCase(Locale.ROOT))
                .orElse(isDeleted ? "delete" : isOfTables(env) ? "keep" : "move");
    }

    private static String extensions(EnvSettings env) {
        String text = env.text("RECORDING_FILE_EXTENSIONS").orElse(isOfTables(env) ? "wav,mp3,gsm,ogg" : "wav,mp3,gsm");
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split(",", -1))
                .map(extension -> extension.strip().replaceFirst("^\\*?\\.", ""))
                .filter(extension -> !extension.isEmpty())
                .distinct()
                .collect(Collectors.joining(","));
    }

    /** The incumbents' are parts of names, ours regular expressions. */
    private static String patterns(String parts) {
        return Arrays.stream(parts.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(part -> part.matches("[\\w-]+") ? part : Pattern.quote(part))
                .collect(Collectors.joining(","));
    }

    /** Which of the incumbents an {@code .env} was written for. */
    static boolean isOfTables(EnvSettings env) {
        return env.text("DB_TYPE").isPresent() || env.text("CEL_MODE").isPresent();
    }

    /** Of a folder with wildcards in its path, the one above them. */
    static String withoutPatterns(String folders) {
        return Arrays.stream(folders.split(",", -1))
                .map(folder -> folder.strip().replaceFirst("/[^/]*[*?\\[{].*$", ""))
                .collect(Collectors.joining(","));
    }

    private static void put(Map<String, String> config, String setting, Optional<Integer> number, long unit) {
        number.ifPresent(count -> config.put(setting, Long.toString(count * unit)));
    }
}
