package com.sipstack.asterisk.source.recording;

import com.sipstack.asterisk.model.Topics;
import com.sipstack.asterisk.source.fleet.PathPattern;
import com.sipstack.asterisk.source.fleet.Recommendation;
import com.sipstack.asterisk.source.fleet.Setting;
import com.sipstack.asterisk.source.fleet.SettingRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Validator;

/** The settings of a PBX's recordings, each either shared or a PBX's own. */
final class RecordingSettings {
    private static final String FOLDERS = "Folders";
    private static final String FILTERS = "Filters";
    private static final String SCANNING = "Scanning";
    private static final String AUDIO = "Audio";
    private static final String AFTERWARDS = "Afterwards";
    private static final String NAMES = "Names";
    private static final String TOPICS = "Topics";
    private static final long ONE_DAY = Duration.ofDays(1).toMillis();
    private static final long TEN_YEARS = Duration.ofDays(3650).toMillis();

    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,16}");
    private static final Validator PATTERNS =
            SettingRule.list("regular expressions of Java's, commas between", items -> items.forEach(Pattern::compile));

    static final Setting PATHS = new Setting(
            "recording.paths",
            ConfigDef.Type.LIST,
            "",
            Importance.HIGH,
            FOLDERS,
            SettingRule.eachOnce(
                    "absolute paths of folders without . and .., each once, perhaps with *, ?, [] or {} in names",
                    0,
                    path -> PathPattern.isOne(path) && Path.of(path).normalize().equals(Path.of(path))),
            null,
            "Folders with recordings, such as /var/spool/asterisk/monitor, with all folders in them. Links in them are not"
                    + " followed. A folder need not be there yet.");
    static final Setting EXTENSIONS = new Setting(
            "recording.extensions",
            ConfigDef.Type.LIST,
            "wav,mp3,gsm,ogg",
            Importance.MEDIUM,
            FILTERS,
            SettingRule.eachOnce(
                    "lower-case letters and digits, without dot, each once",
                    1,
                    text -> EXTENSION.matcher(text).matches()),
            null,
            "Extensions of recordings, in upper or lower case.");
    static final Setting INCLUDE = new Setting(
            "include.patterns",
            ConfigDef.Type.LIST,
            "",
            Importance.MEDIUM,
            FILTERS,
            PATTERNS,
            null,
            "Only files are taken whose names have one of these somewhere; any name will do if there is none.");
    static final Setting EXCLUDE = new Setting(
            "exclude.patterns",
            ConfigDef.Type.LIST,
            "",
            Importance.MEDIUM,
            FILTERS,
            PATTERNS,
            null,
            "Files are left out whose names have one of these somewhere.");
    static final Setting MIN_SIZE = new Setting(
            "min.size.bytes",
            ConfigDef.Type.LONG,
            1024,
            Importance.MEDIUM,
            FILTERS,
            SettingRule.number(1, Long.MAX_VALUE),
            null,
            "Smaller files are left out: a call that nobody answered leaves a header of 44 bytes.");
    static final Setting MIN_AGE = new Setting(
            "min.age.ms",
            ConfigDef.Type.LONG,
            Duration.ofMinutes(2).toMillis(),
            Importance.MEDIUM,
            FILTERS,
            SettingRule.number(0, ONE_DAY),
            null,
            "For how many milliseconds a file must not have changed.");
    static final Setting MAX_AGE = new Setting(
            "max.age.ms",
            ConfigDef.Type.LONG,
            ONE_DAY,
            Importance.MEDIUM,
            FILTERS,
            SettingRule.number(1000, TEN_YEARS),
            null,
            "Files that have not changed for longer are left out, but for what came to be so old while a folder or file could not be read,"
                    + " or the connector did not run.");
    static final Setting MIN_DURATION = new Setting(
            "min.duration.ms",
            ConfigDef.Type.LONG,
            0,
            Importance.MEDIUM,
            FILTERS,
            SettingRule.number(0, ONE_DAY),
            null,
            "Recordings that are shorter by what their headers tell are left out.");
    static final Setting CHECK_INTERVAL = new Setting(
            "check.interval.ms",
            ConfigDef.Type.LONG,
            Duration.ofSeconds(30).toMillis(),
            Importance.MEDIUM,
            SCANNING,
            SettingRule.number(10, Duration.ofHours(1).toMillis()),
            null,
            "How many milliseconds to wait before looking through the folders again.");
    static final Setting STABILITY = new Setting(
            "stability.check.ms",
            ConfigDef.Type.LONG,
            Duration.ofSeconds(2).toMillis(),
            Importance.MEDIUM,
            SCANNING,
            SettingRule.number(0, Duration.ofMinutes(1).toMillis()),
            null,
            "Size and time of a file that is old enough must be the same after so many milliseconds.");
    static final Setting OPEN_AGE = new Setting(
            "open.file.age.ms",
            ConfigDef.Type.LONG,
            Duration.ofHours(1).toMillis(),
            Importance.LOW,
            SCANNING,
            SettingRule.number(0, TEN_YEARS),
            null,
            "Asterisk writes a wav's length when it closes the file; with MixMonitor's option b, nothing is written while nobody talks."
                    + " A file without length is only taken when it has not changed for so many milliseconds: Asterisk has died then.");
    static final Setting ANNOUNCE_AGAIN = new Setting(
            "announce.again.after.ms",
            ConfigDef.Type.LONG,
            0,
            Importance.LOW,
            SCANNING,
            SettingRule.number(0, TEN_YEARS),
            null,
            "A recording of which nothing was heard for so many milliseconds is sent once more; 0 for never. Kafka keeps what was sent,"
                    + " and the sink tries until it is accepted: only a time beyond the topics' retention makes sense.");
    static final Setting TRANSPORT = new Setting(
            "audio.transport",
            ConfigDef.Type.STRING,
            "reference",
            Importance.HIGH,
            AUDIO,
            oneOf(Transport.values()),
            Recommendation.of("reference", "chunks"),
            "reference: the sink's worker sees the same files. chunks: the audio travels through Kafka, which needs the connector's"
                    + " value.converter to be org.apache.kafka.connect.converters.ByteArrayConverter.");
    static final Setting CHUNK = new Setting(
            "audio.chunk.bytes",
            ConfigDef.Type.INT,
            512 * 1024,
            Importance.LOW,
            AUDIO,
            SettingRule.number(1024, 64 * 1024 * 1024),
            null,
            "Size of a chunk. It must be below the topic's max.message.bytes and the producer's max.request.size, both 1 MiB if nobody"
                    + " has changed them.");
    static final Setting AFTER_UPLOAD = new Setting(
            "after.upload",
            ConfigDef.Type.STRING,
            "keep",
            Importance.HIGH,
            AFTERWARDS,
            oneOf(AfterUpload.values()),
            Recommendation.of("keep", "move", "delete"),
            "What becomes of a file when SIPSTACK has accepted it, and it is still the same: it is kept, moved to a folder .processed"
                    + " beside it, or deleted.");
    static final Setting SYSTEM_NAME = new Setting(
            "system.name",
            ConfigDef.Type.STRING,
            "",
            Importance.LOW,
            NAMES,
            null,
            null,
            "asterisk.conf's systemname, with which the uniqueids in names of recordings begin. Left empty, it is the PBX's own name.");
    static final Setting TIMEZONE = new Setting(
            "timezone",
            ConfigDef.Type.STRING,
            SettingRule.AUTO,
            Importance.MEDIUM,
            NAMES,
            SettingRule.zoneOrAuto(),
            Recommendation.of(SettingRule.AUTO, "UTC"),
            "Zone of the local times in names of recordings. With auto, the uniqueid in the name tells it, which holds a moment in UTC; of a"
                    + " name without one the file does: its last change is the recording's end.");
    static final Setting TIMEZONE_FALLBACK = new Setting(
            "timezone.fallback",
            ConfigDef.Type.STRING,
            "UTC",
            Importance.LOW,
            NAMES,
            SettingRule.zone(),
            null,
            "Zone to take where neither name nor file tells it.");
    static final Setting TOPIC_PREFIX = new Setting(
            "topic.prefix",
            ConfigDef.Type.STRING,
            Topics.DEFAULT_PREFIX,
            Importance.MEDIUM,
            TOPICS,
            SettingRule.topicPrefix(),
            null,
            "What the topics' names begin with: <prefix>.recordings, <prefix>.recordings.audio, <prefix>.recordings.acks and"
                    + " <prefix>.dlq.");

    /** In the order in which a person meets them. */
    static final List<Setting> ALL = List.of(
            PATHS,
            EXTENSIONS,
            INCLUDE,
            EXCLUDE,
            MIN_SIZE,
            MIN_AGE,
            MAX_AGE,
            MIN_DURATION,
            CHECK_INTERVAL,
            STABILITY,
            OPEN_AGE,
            ANNOUNCE_AGAIN,
            TRANSPORT,
            CHUNK,
            AFTER_UPLOAD,
            SYSTEM_NAME,
            TIMEZONE,
            TIMEZONE_FALLBACK,
            TOPIC_PREFIX);

    private RecordingSettings() {}

    private static Validator oneOf(Enum<?>[] values) {
        List<String> words = Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
        return new SettingRule(String.join(" or ", words), words::contains);
    }
}
