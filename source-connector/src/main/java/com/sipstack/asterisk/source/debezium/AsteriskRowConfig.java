package com.sipstack.asterisk.source.debezium;

import com.sipstack.asterisk.model.Pbx;
import com.sipstack.asterisk.model.Topics;
import com.sipstack.asterisk.source.database.AsteriskTable;
import com.sipstack.asterisk.source.database.RowKind;
import com.sipstack.asterisk.source.database.ZoneRule;
import com.sipstack.asterisk.source.fleet.SettingRule;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;

/**
 * The transformation's settings.
 *
 * @param pbx empty if Debezium's name of the server is that of the PBX
 * @param epoch of all tables: counts how often their ids began again
 */
record AsteriskRowConfig(Optional<String> pbx, WatchedTables tables, Topics topics, ZoneRule zone, int epoch) {
    static final String PBX = "pbx";
    static final String PBX_FROM = "pbx.from";
    static final String CDR_TABLES = "cdr.tables";
    static final String CEL_TABLES = "cel.tables";
    static final String EPOCH = "epoch";
    static final String TOPIC_PREFIX = "topic.prefix";
    static final String TIMEZONE = "timezone";
    static final String TIMEZONE_FALLBACK = "timezone.fallback";

    private static final String FROM_TOPIC_PREFIX = "topic-prefix";
    private static final Pattern TABLE_NAME = Pattern.compile("[\\w$-]+(\\.[\\w$-]+)*");
    private static final SettingRule TABLES = SettingRule.eachOnce(
            "table names, each once: letters, digits, underscores, hyphens and dollar signs, after a schema and a dot if need be",
            0,
            name -> TABLE_NAME.matcher(name).matches());

    static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    PBX,
                    ConfigDef.Type.STRING,
                    "",
                    SettingRule.text("empty or a PBX's name: " + Pbx.NAME_RULE, AsteriskRowConfig::nameOrEmpty),
                    Importance.HIGH,
                    "The PBX whose tables these are: the key of its records. Either this or " + PBX_FROM
                            + " is needed.")
            .define(
                    PBX_FROM,
                    ConfigDef.Type.STRING,
                    "",
                    ConfigDef.ValidString.in("", FROM_TOPIC_PREFIX),
                    Importance.MEDIUM,
                    "With " + FROM_TOPIC_PREFIX + ", the Debezium connector's topic.prefix is the PBX's name.")
            .define(
                    CDR_TABLES,
                    ConfigDef.Type.LIST,
                    "cdr",
                    TABLES,
                    Importance.MEDIUM,
                    "Tables with CDRs. A name without a schema stands for the table in every schema that is captured.")
            .define(
                    CEL_TABLES,
                    ConfigDef.Type.LIST,
                    "cel",
                    TABLES,
                    Importance.MEDIUM,
                    "Tables with channel events. A name without a schema stands for the table in every schema that is"
                            + " captured.")
            .define(
                    EPOCH,
                    ConfigDef.Type.INT,
                    0,
                    SettingRule.number(0, Integer.MAX_VALUE),
                    Importance.LOW,
                    "To be raised by one when the tables' ids begin again (truncated, restored, made anew), or else new rows"
                            + " would be taken for those that had their ids before.")
            .define(
                    TIMEZONE,
                    ConfigDef.Type.STRING,
                    SettingRule.AUTO,
                    SettingRule.zoneOrAuto(),
                    Importance.MEDIUM,
                    "Zone of the local times in the tables. With auto, the rows' uniqueids tell it: they hold UTC. A change"
                            + " event tells nothing of earlier rows, so give the zone where it is known.")
            .define(
                    TIMEZONE_FALLBACK,
                    ConfigDef.Type.STRING,
                    "UTC",
                    SettingRule.zone(),
                    Importance.LOW,
                    "With auto, the zone to take from a start of the task on until a row tells it.")
            .define(
                    TOPIC_PREFIX,
                    ConfigDef.Type.STRING,
                    Topics.DEFAULT_PREFIX,
                    SettingRule.topicPrefix(),
                    Importance.MEDIUM,
                    "What the topics' names begin with: <prefix>.cdr, <prefix>.cel and <prefix>.dlq.");

    /** @throws ConfigException naming the setting, its value and the rule that it breaks */
    static AsteriskRowConfig from(Map<String, ?> settings) {
        AbstractConfig config = new AbstractConfig(DEFINITION, settings, false);
        return new AsteriskRowConfig(
                pbx(config),
                tables(config),
                new Topics(config.getString(TOPIC_PREFIX)),
                zone(config),
                config.getInt(EPOCH));
    }

    private static Optional<String> pbx(AbstractConfig config) {
        String pbx = config.getString(PBX);
        if (pbx.isEmpty() == config.getString(PBX_FROM).isEmpty()) {
            throw new ConfigException(PBX, pbx, "either this or " + PBX_FROM + " must be given, and not both");
        }
        return pbx.isEmpty() ? Optional.empty() : Optional.of(pbx);
    }

    private static WatchedTables tables(AbstractConfig config) {
        List<String> cdr = config.getList(CDR_TABLES);
        List<String> cel = config.getList(CEL_TABLES);
        Set<String> both = new HashSet<>(cdr);
        both.retainAll(cel);
        if (!both.isEmpty() || (cdr.isEmpty() && cel.isEmpty())) {
            throw new ConfigException(
                    CDR_TABLES, cdr, "there must be a table here or in " + CEL_TABLES + ", and none in both");
        }
        return new WatchedTables(Stream.concat(
                        cdr.stream().map(name -> new AsteriskTable(name, RowKind.CDR)),
                        cel.stream().map(name -> new AsteriskTable(name, RowKind.CEL)))
                .toList());
    }

    private static ZoneRule zone(AbstractConfig config) {
        return ZoneRule.parse(config.getString(TIMEZONE), config.getString(TIMEZONE_FALLBACK));
    }

    private static void nameOrEmpty(String pbx) {
        if (!pbx.isEmpty()) {
            Pbx.requireName(pbx);
        }
    }
}
