package com.sipstack.asterisk.source.ami;

import com.sipstack.asterisk.model.Topics;
import com.sipstack.asterisk.source.fleet.Recommendation;
import com.sipstack.asterisk.source.fleet.Setting;
import com.sipstack.asterisk.source.fleet.SettingRule;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** The settings of a PBX's manager interface, each either shared or a PBX's own. */
final class AmiSettings {
    private static final String CONNECTION = "Manager interface";
    private static final String LISTENING = "Listening";
    private static final String TIME = "Time";
    private static final String TOPICS = "Topics";
    private static final long ONE_HOUR = Duration.ofHours(1).toMillis();

    static final String CDR = "cdr";
    static final String CEL = "cel";
    static final String HOLD = "hold";
    private static final Set<String> KINDS = Set.of(CDR, CEL, HOLD);
    static final String CHALLENGE = "challenge";
    static final String PLAIN = "plain";

    static final Setting HOST = new Setting(
            "ami.host", ConfigDef.Type.STRING, null, Importance.HIGH, CONNECTION, null, null, "Host of the PBX.");
    static final Setting PORT = new Setting(
            "ami.port",
            ConfigDef.Type.INT,
            5038,
            Importance.MEDIUM,
            CONNECTION,
            SettingRule.number(1, 65_535),
            null,
            "Port of its manager interface: port, or tlsbindaddr's with TLS, in manager.conf.");
    static final Setting USER = new Setting(
            "ami.user",
            ConfigDef.Type.STRING,
            "",
            Importance.HIGH,
            CONNECTION,
            null,
            null,
            "Who listens: a section of manager.conf with read = call,cdr. With write = command too, validation sees whether CDRs and"
                    + " CEL events are switched on.");
    static final Setting SECRET = new Setting(
            "ami.password", ConfigDef.Type.PASSWORD, "", Importance.HIGH, CONNECTION, null, null, "The user's secret.");
    static final Setting LOGIN = new Setting(
            "ami.login",
            ConfigDef.Type.STRING,
            CHALLENGE,
            Importance.LOW,
            CONNECTION,
            SettingRule.text("challenge or plain", AmiSettings::requireLogin),
            Recommendation.of(CHALLENGE, PLAIN),
            "challenge sends a digest (MD5) of the secret, plain the secret itself, which only TLS makes safe.");
    static final Setting TLS = new Setting(
            "ami.tls",
            ConfigDef.Type.BOOLEAN,
            false,
            Importance.MEDIUM,
            CONNECTION,
            null,
            null,
            "Whether to speak TLS. The PBX's certificate must be the host's and signed by an authority.");
    static final Setting TLS_AUTHORITIES = new Setting(
            "ami.tls.ca.file",
            ConfigDef.Type.STRING,
            "",
            Importance.LOW,
            CONNECTION,
            null,
            null,
            "PEM file with the authorities that sign the PBX's certificate; empty for those that Java trusts. A certificate that"
                    + " signs itself is its own authority.");
    static final Setting CONNECT_TIMEOUT = new Setting(
            "ami.connect.timeout.ms",
            ConfigDef.Type.LONG,
            Duration.ofSeconds(10).toMillis(),
            Importance.LOW,
            CONNECTION,
            SettingRule.number(100, ONE_HOUR),
            null,
            "How many milliseconds to wait for the connection, and for each answer while logging in.");
    static final Setting PING_INTERVAL = new Setting(
            "ami.ping.interval.ms",
            ConfigDef.Type.LONG,
            Duration.ofSeconds(15).toMillis(),
            Importance.LOW,
            CONNECTION,
            SettingRule.number(100, ONE_HOUR),
            null,
            "How often to ask for a sign of life. A connection that was silent for three times as long is given up, and what the PBX"
                    + " said since is declared as a gap.");
    static final Setting STALL_MAX = new Setting(
            "ami.stall.max.ms",
            ConfigDef.Type.LONG,
            Duration.ofSeconds(5).toMillis(),
            Importance.LOW,
            LISTENING,
            SettingRule.number(0, Duration.ofMinutes(1).toMillis()),
            null,
            "For how many milliseconds to leave a PBX's words unread while Kafka takes nothing. Asterisk holds them in its own memory,"
                    + " so the connection is dropped after that, a gap is declared, and another one opened.");
    static final Setting EVENTS = new Setting(
            "ami.events",
            ConfigDef.Type.LIST,
            String.join(",", CDR, CEL, HOLD),
            Importance.MEDIUM,
            LISTENING,
            SettingRule.eachOnce("cdr, cel and hold, each once", 1, KINDS::contains),
            Recommendation.of(CDR, CEL, HOLD),
            "What to take: CDRs (cdr_manager.conf must have enabled = yes and, under [mappings], linkedid => LinkedID and sequence =>"
                    + " Sequence), CEL events ([manager] enabled = yes in cel.conf), and who puts whom on hold.");
    static final Setting TIMEZONE = new Setting(
            "timezone",
            ConfigDef.Type.STRING,
            SettingRule.AUTO,
            Importance.MEDIUM,
            TIME,
            SettingRule.zoneOrAuto(),
            Recommendation.of(SettingRule.AUTO, "UTC"),
            "Zone of the PBX's local times. With auto, its uniqueids tell it: they hold UTC.");
    static final Setting TIMEZONE_FALLBACK = new Setting(
            "timezone.fallback",
            ConfigDef.Type.STRING,
            "UTC",
            Importance.LOW,
            TIME,
            SettingRule.zone(),
            null,
            "Zone to take while no event has told it.");
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
            HOST,
            PORT,
            USER,
            SECRET,
            LOGIN,
            TLS,
            TLS_AUTHORITIES,
            CONNECT_TIMEOUT,
            PING_INTERVAL,
            EVENTS,
            STALL_MAX,
            TIMEZONE,
            TIMEZONE_FALLBACK,
            TOPIC_PREFIX);

    private AmiSettings() {}

    private static void requireLogin(String text) {
        if (!text.equals(CHALLENGE) && !text.equals(PLAIN)) {
            throw new IllegalArgumentException("'" + text + "' is no way to log in");
        }
    }
}
