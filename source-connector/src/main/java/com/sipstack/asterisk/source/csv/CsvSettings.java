package com.sipstack.asterisk.source.csv;

import com.sipstack.asterisk.model.Topics;
import com.sipstack.asterisk.source.fleet.PathPattern;
import com.sipstack.asterisk.source.fleet.Recommendation;
import com.sipstack.asterisk.source.fleet.Setting;
import com.sipstack.asterisk.source.fleet.SettingRule;
import com.sipstack.asterisk.source.fleet.StartFrom;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Validator;

/** The settings of a PBX's files, each either shared or a PBX's own. */
final class CsvSettings {
    private static final String FILES = "Files";
    private static final String READING = "Reading";
    private static final String TIME = "Time";
    private static final String TOPICS = "Topics";
    private static final long ONE_DAY = Duration.ofDays(1).toMillis();

    private static final Validator PATHS = SettingRule.eachOnce(
            "absolute paths of files, each once, perhaps with *, ?, [] or {} in names", 0, PathPattern::isOne);
    private static final Pattern COLUMN = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Validator COLUMNS = SettingRule.eachOnce(
            "column names, each once: lower-case letters, digits and underscores",
            0,
            name -> COLUMN.matcher(name).matches());

    static final Setting CEL_PATHS = new Setting(
            "cel.paths",
            ConfigDef.Type.LIST,
            "",
            Importance.HIGH,
            FILES,
            PATHS,
            null,
            "Files that cel_custom writes, such as /var/log/asterisk/cel-custom/Master.csv. Names may have wildcards. What rotation"
                    + " makes of a file (Master.csv.1, Master.csv-20261122.gz) goes with it and needs no mention. A file need not"
                    + " be there yet.");
    static final Setting CEL_COLUMNS = new Setting(
            "cel.columns",
            ConfigDef.Type.LIST,
            "",
            Importance.MEDIUM,
            FILES,
            COLUMNS,
            null,
            "The columns of cel_custom's mapping, by the names that the cel table has. Left empty, the number of columns tells"
                    + " them: 19 as SIPSTACK's guide has it, 20 as Asterisk's sample has it.");
    static final Setting CDR_PATHS = new Setting(
            "cdr.paths",
            ConfigDef.Type.LIST,
            "",
            Importance.HIGH,
            FILES,
            PATHS,
            null,
            "Files that cdr_csv or cdr_custom writes, such as /var/log/asterisk/cdr-csv/Master.csv. Beside it, cdr_csv writes each"
                    + " row into a file of its account, so that of the files in one folder that a wildcard finds only Master.csv is"
                    + " read, if there is one.");
    static final Setting CDR_COLUMNS = new Setting(
            "cdr.columns",
            ConfigDef.Type.LIST,
            "",
            Importance.MEDIUM,
            FILES,
            COLUMNS,
            null,
            "The columns of cdr_custom's mapping, by the names that the cdr table has. Left empty, they are those of cdr_csv or of"
                    + " cdr_custom's sample, as their number and the place of the start tell.");
    static final Setting START_FROM = new Setting(
            "start.from",
            ConfigDef.Type.STRING,
            StartFrom.LATEST,
            Importance.MEDIUM,
            READING,
            SettingRule.text("latest, earliest or an instant such as 2026-01-31T05:00:00Z", StartFrom::parse),
            Recommendation.of(StartFrom.LATEST, StartFrom.EARLIEST),
            "Where to begin in files that were never read: after what is there, at the oldest rotated file that is still there, or at"
                    + " the first row of an event at, or a leg's end after, an instant.");
    static final Setting POLL_INTERVAL = new Setting(
            "poll.interval.ms",
            ConfigDef.Type.LONG,
            Duration.ofSeconds(1).toMillis(),
            Importance.MEDIUM,
            READING,
            SettingRule.number(10, ONE_DAY),
            null,
            "How many milliseconds to wait before looking again, once everything was read.");
    static final Setting RESTART_LOOKBACK = new Setting(
            "restart.lookback.ms",
            ConfigDef.Type.LONG,
            Duration.ofMinutes(10).toMillis(),
            Importance.LOW,
            READING,
            SettingRule.number(0, ONE_DAY),
            null,
            "How far a rewind goes back, in milliseconds before the last row that was acknowledged.");
    static final Setting REWIND_BEFORE = new Setting(
            "rewind.before",
            ConfigDef.Type.STRING,
            "",
            Importance.LOW,
            READING,
            SettingRule.instantOrEmpty(),
            null,
            "Instant of a failure that may have taken rows after they were acknowledged, such as a broker's power failure."
                    + " Files last read before it are read again from " + RESTART_LOOKBACK.key() + " earlier, once.");
    static final Setting TIMEZONE = new Setting(
            "timezone",
            ConfigDef.Type.STRING,
            SettingRule.AUTO,
            Importance.MEDIUM,
            TIME,
            SettingRule.zoneOrAuto(),
            Recommendation.of(SettingRule.AUTO, "UTC"),
            "Zone of the local times in the files. With auto, the rows' uniqueids tell it: they hold UTC.");
    static final Setting TIMEZONE_FALLBACK = new Setting(
            "timezone.fallback",
            ConfigDef.Type.STRING,
            "UTC",
            Importance.LOW,
            TIME,
            SettingRule.zone(),
            null,
            "Zone to take while no row has told it.");
    static final Setting TOPIC_PREFIX = new Setting(
            "topic.prefix",
            ConfigDef.Type.STRING,
            Topics.DEFAULT_PREFIX,
            Importance.MEDIUM,
            TOPICS,
            SettingRule.topicPrefix(),
            null,
            "What the topics' names begin with: <prefix>.cdr, <prefix>.cel, <prefix>.gaps and <prefix>.dlq.");

    /** In the order in which a person meets them. */
    static final List<Setting> ALL = List.of(
            CEL_PATHS,
            CEL_COLUMNS,
            CDR_PATHS,
            CDR_COLUMNS,
            START_FROM,
            POLL_INTERVAL,
            RESTART_LOOKBACK,
            REWIND_BEFORE,
            TIMEZONE,
            TIMEZONE_FALLBACK,
            TOPIC_PREFIX);

    private CsvSettings() {}
}
