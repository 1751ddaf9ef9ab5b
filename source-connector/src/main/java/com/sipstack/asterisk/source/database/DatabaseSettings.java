package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.model.Topics;
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

/** The settings of a PBX's database, each either shared or a PBX's own. */
final class DatabaseSettings {
    private static final String DATABASE = "Database";
    private static final String READING = "Reading";
    private static final String TIME = "Time";
    private static final String TOPICS = "Topics";
    private static final long ONE_DAY = Duration.ofDays(1).toMillis();

    private static final Pattern TABLE_NAME = Pattern.compile("[\\w$-]+(\\.[\\w$-]+)?");
    private static final Validator TABLES = SettingRule.eachOnce(
            "table names, each once: letters, digits, underscores, hyphens and dollar signs, after a schema and a dot if need be",
            0,
            name -> TABLE_NAME.matcher(name).matches());

    static final Setting URL = new Setting(
            "database.url",
            ConfigDef.Type.STRING,
            null,
            Importance.HIGH,
            DATABASE,
            new JdbcUrlRule(),
            null,
            "Address of the database that Asterisk writes to, or of a replica of it. MySQL is reached with MariaDB's driver."
                    + " The drivers' own parameters (TLS and the like) may follow a question mark.");
    static final Setting USER = new Setting(
            "database.user",
            ConfigDef.Type.STRING,
            "",
            Importance.HIGH,
            DATABASE,
            null,
            null,
            "Who reads. SELECT on the tables is all that is needed.");
    static final Setting PASSWORD = new Setting(
            "database.password",
            ConfigDef.Type.PASSWORD,
            "",
            Importance.HIGH,
            DATABASE,
            null,
            null,
            "The user's password.");
    static final Setting QUERY_TIMEOUT = new Setting(
            "query.timeout.ms",
            ConfigDef.Type.LONG,
            Duration.ofSeconds(30).toMillis(),
            Importance.LOW,
            DATABASE,
            SettingRule.number(1000, ONE_DAY),
            null,
            "After how many milliseconds the server ends a query of ours.");
    static final Setting CDR_TABLES = new Setting(
            "cdr.tables",
            ConfigDef.Type.LIST,
            "cdr",
            Importance.MEDIUM,
            READING,
            TABLES,
            null,
            "Tables with call detail records.");
    static final Setting CEL_TABLES = new Setting(
            "cel.tables",
            ConfigDef.Type.LIST,
            "cel",
            Importance.MEDIUM,
            READING,
            TABLES,
            null,
            "Tables with channel events.");
    static final Setting RECORDING_TABLES = new Setting(
            "recordings.tables",
            ConfigDef.Type.LIST,
            "",
            Importance.LOW,
            READING,
            TABLES,
            null,
            "Tables that list recordings, if there are any: a file's name or path, and what else is known of it (uniqueid or"
                    + " call_id, linkedid, start or calldate, duration).");
    static final Setting NODE_FROM = new Setting(
            "node.from",
            ConfigDef.Type.STRING,
            NodeFrom.NONE,
            Importance.MEDIUM,
            READING,
            SettingRule.text("none, systemname or column:<name>", NodeFrom::parse),
            Recommendation.of(NodeFrom.NONE, NodeFrom.SYSTEMNAME),
            "Which of several PBXs that write into the same tables a row is of: that of the systemname in its uniqueid (set in"
                    + " asterisk.conf), or that in a column. It counts as a PBX of its own, <name>.<node>.");
    static final Setting START_FROM = new Setting(
            "start.from",
            ConfigDef.Type.STRING,
            "latest",
            Importance.MEDIUM,
            READING,
            SettingRule.text("latest, earliest or an instant such as 2026-01-31T05:00:00Z", StartFrom::parse),
            Recommendation.of("latest", "earliest"),
            "Where to begin in a table that was never read: after its newest row, at its oldest, or at the first row of an"
                    + " event at, or a leg's end after, an instant. Rows with smaller ids are not read, though they be committed"
                    + " later.");
    static final Setting END_AT = new Setting(
            "end.at",
            ConfigDef.Type.STRING,
            "",
            Importance.LOW,
            READING,
            SettingRule.instantOrEmpty(),
            null,
            "Instant at which a range ends that a connector of its own reads again, from start.from on. It reads two hours"
                    + " beyond, since CDRs are written late, but no row newer than the newest there was when it began; then it"
                    + " says so in the log, lets the database alone and can be deleted.");
    static final Setting START_EPOCHS = new Setting(
            "start.epochs",
            ConfigDef.Type.LIST,
            "",
            Importance.LOW,
            READING,
            SettingRule.list("epochs of tables, such as cel=2, each table once", StartEpochs::parse),
            null,
            "How often the ids of tables that were never read have begun again, where not 0. A connector that reads a range again"
                    + " needs the epochs of the one that reads the tables all the time, or its rows count as others: that one's"
                    + " offsets and its metric epoch tell them. Tables without id have none.");
    static final Setting MAX_ROWS_PER_SECOND = new Setting(
            "max.rows.per.second",
            ConfigDef.Type.INT,
            0,
            Importance.LOW,
            READING,
            SettingRule.number(0, 1_000_000),
            null,
            "How many rows of a PBX to read in a second at most, so that catching up leaves its database room to work. What is"
                    + " read again far back in tables without id counts too. 0 is no limit.");
    static final Setting POLL_INTERVAL = new Setting(
            "poll.interval.ms",
            ConfigDef.Type.LONG,
            Duration.ofSeconds(1).toMillis(),
            Importance.MEDIUM,
            READING,
            SettingRule.number(10, ONE_DAY),
            null,
            "How many milliseconds to wait before asking again, once everything was read. A PBX whose turns bring more than 20 rows is"
                    + " asked up to ten times as often.");
    static final Setting BATCH_ROWS = new Setting(
            "batch.rows",
            ConfigDef.Type.INT,
            1000,
            Importance.LOW,
            READING,
            SettingRule.number(1, 10_000),
            null,
            "How many rows of a table to read at once.");
    static final Setting GAP_TIMEOUT = new Setting(
            "gap.timeout.ms",
            ConfigDef.Type.LONG,
            Duration.ofMinutes(2).toMillis(),
            Importance.LOW,
            READING,
            SettingRule.number(0, ONE_DAY),
            null,
            "How many milliseconds to wait for the rows of ids that were skipped, longer than any transaction of Asterisk's runs."
                    + " PostgreSQL tells, and there it is cut short, when every transaction that may have taken them has ended:"
                    + " if the table's own sequence gives out the ids, one at a time.");
    static final Setting GAP_MAX_RANGES = new Setting(
            "gap.max.ranges",
            ConfigDef.Type.INT,
            1000,
            Importance.LOW,
            READING,
            SettingRule.number(1, 10_000),
            null,
            "For how many ranges of skipped ids of a table to wait at once. Beyond that the oldest are given up.");
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
                    + " Tables last read before it are read again from " + RESTART_LOOKBACK.key()
                    + " earlier, once; those without id"
                    + " where something was added in that time.");
    static final Setting TIMEZONE = new Setting(
            "timezone",
            ConfigDef.Type.STRING,
            SettingRule.AUTO,
            Importance.MEDIUM,
            TIME,
            SettingRule.zoneOrAuto(),
            Recommendation.of(SettingRule.AUTO, "UTC"),
            "Zone of the local times in the tables. With auto, the rows' uniqueids tell it: they hold UTC. That follows clock"
                    + " changes. Only what is read hours after clocks were put forward, and lies between that and the next new"
                    + " channel, without one in the same batch, is taken to be an hour later than it was, unless the fallback is"
                    + " the PBX's zone. A zone that is set is obeyed, though the rows tell another; then that is said in the log,"
                    + " once.");
    static final Setting TIMEZONE_FALLBACK = new Setting(
            "timezone.fallback",
            ConfigDef.Type.STRING,
            "UTC",
            Importance.LOW,
            TIME,
            SettingRule.zone(),
            null,
            "Zone to take while no row has told it. With auto it also tells of clock changes before the rows do, as long as it has"
                    + " the offset that they tell.");
    static final Setting TOPIC_PREFIX = new Setting(
            "topic.prefix",
            ConfigDef.Type.STRING,
            Topics.DEFAULT_PREFIX,
            Importance.MEDIUM,
            TOPICS,
            SettingRule.topicPrefix(),
            null,
            "What the topics' names begin with: <prefix>.cdr, <prefix>.cel, <prefix>.recordings, <prefix>.gaps and <prefix>.dlq.");

    /** In the order in which a person meets them. */
    static final List<Setting> ALL = List.of(
            URL,
            USER,
            PASSWORD,
            QUERY_TIMEOUT,
            CDR_TABLES,
            CEL_TABLES,
            RECORDING_TABLES,
            NODE_FROM,
            START_FROM,
            END_AT,
            START_EPOCHS,
            MAX_ROWS_PER_SECOND,
            POLL_INTERVAL,
            BATCH_ROWS,
            GAP_TIMEOUT,
            GAP_MAX_RANGES,
            RESTART_LOOKBACK,
            REWIND_BEFORE,
            KeylessSettings.LONGEST_CALL,
            KeylessSettings.BATCH_DELAY,
            KeylessSettings.NARROW_WINDOW,
            KeylessSettings.WIDE_INTERVAL,
            TIMEZONE,
            TIMEZONE_FALLBACK,
            TOPIC_PREFIX);

    private DatabaseSettings() {}
}
