package com.sipstack.asterisk.assembler;

import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.CLASS;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.SHORT;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import com.sipstack.asterisk.model.Grant;
import com.sipstack.asterisk.model.Grants;
import com.sipstack.asterisk.model.Pbx;
import com.sipstack.asterisk.model.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.streams.StreamsConfig;

/** The assembler's settings. What is not one of ours goes to Kafka Streams and its clients as it is. */
public final class AssemblerConfig extends AbstractConfig {
    public static final String TOPIC_PREFIX = "topic.prefix";
    public static final String TOPICS_CREATE = "topics.create";
    public static final String TOPICS_PARTITIONS = "topics.partitions";
    public static final String TOPICS_REPLICATION = "topics.replication.factor";
    public static final String VALUE_CONVERTER = "value.converter";
    public static final String SHIPPING_MODE = "shipping.mode";
    public static final String SHIP_INCOMPLETE_AFTER = "ship.incomplete.after.ms";
    public static final String SHIP_TURN_AFTER = "ship.turn.after.ms";
    public static final String LONG_CALL_UPDATE_INTERVAL = "long.call.update.interval.ms";
    public static final String SHIP_COMPLETE_AFTER = "ship.complete.after.ms";
    public static final String SHIP_CDR_ONLY_AFTER = "ship.cdr.only.after.ms";
    public static final String MAX_CALL_DURATION = "max.call.duration.ms";
    public static final String MAX_CALL_SILENCE = "max.call.silence.ms";
    public static final String LATE_WINDOW = "late.window.ms";
    public static final String HISTORY_WINDOW = "history.window.ms";
    public static final String DOCUMENT_MAX_BYTES = "document.max.bytes";
    public static final String RAW_ENABLED = "raw.enabled";
    public static final String RECORDING_WAIT = "recording.wait.ms";
    public static final String CUSTOMER_ID = "customer.id";
    public static final String TENANT = "tenant";
    public static final String COUNTRY = "country";
    public static final String EXTENSION_MIN_LENGTH = "extension.min.length";
    public static final String EXTENSION_MAX_LENGTH = "extension.max.length";
    /** Before a PBX's name and one of the settings that may differ from PBX to PBX. */
    public static final String PBXS = "pbxs.";

    public static final String HOSTNAME = "hostname";

    private static final String PROGRESSIVE = "progressive";
    private static final Duration SENT_MARGIN = Duration.ofSeconds(30);

    public AssemblerConfig(Map<String, ?> settings) {
        super(definition(), settings, false);
        requireDistinctHostnames();
        requireReadableProfiles();
        console().requireToken();
    }

    /** Every setting of ours, with its documentation. */
    public static ConfigDef definition() {
        ConfigDef all = new ConfigDef();
        SettingsGroups.add(all, "Topics", topicSettings());
        SettingsGroups.add(all, "Phases of calls", phaseSettings());
        SettingsGroups.add(all, "What is kept of calls", memorySettings());
        SettingsGroups.add(all, "What is written", outputSettings());
        return InterpreterConfig.define(ConsoleConfig.define(OperationConfig.define(all)));
    }

    private static ConfigDef topicSettings() {
        return new ConfigDef()
                .define(
                        TOPIC_PREFIX,
                        STRING,
                        Topics.DEFAULT_PREFIX,
                        Importance.MEDIUM,
                        "What our topics' names begin with.")
                .define(
                        TOPICS_CREATE,
                        BOOLEAN,
                        false,
                        Importance.MEDIUM,
                        "Whether to create topics that are missing. Otherwise a missing topic stops the start with a message that names it.")
                .define(
                        TOPICS_PARTITIONS,
                        INT,
                        6,
                        Range.atLeast(1),
                        Importance.MEDIUM,
                        "Partitions of the topics that are created. Fixed for the topics' life: all rows of one PBX are in one partition.")
                .define(
                        TOPICS_REPLICATION,
                        SHORT,
                        (short) -1,
                        Importance.MEDIUM,
                        "Replication factor of the topics that are created; -1 takes the broker's default.")
                .define(
                        VALUE_CONVERTER,
                        CLASS,
                        "org.apache.kafka.connect.json.JsonConverter",
                        Importance.MEDIUM,
                        "Reads the sources' records: the same converter, with the same value.converter.* settings, that their workers have.");
    }

    private static ConfigDef phaseSettings() {
        return new ConfigDef()
                .define(
                        SHIPPING_MODE,
                        STRING,
                        PROGRESSIVE,
                        ValidString.in(PROGRESSIVE, "complete"),
                        Importance.HIGH,
                        "progressive: documents while the call goes on (initial, update) and at its end (complete). complete: only at its end.")
                .define(
                        SHIP_INCOMPLETE_AFTER,
                        LONG,
                        30_000L,
                        Range.atLeast(0),
                        Importance.HIGH,
                        "How long after its first row a call that goes on is first shown, in milliseconds.")
                .define(
                        SHIP_TURN_AFTER,
                        LONG,
                        1_000L,
                        Range.atLeast(0),
                        Importance.MEDIUM,
                        "How long after a turn of a call that was shown (answered, transferred, parked, picked up, recorded) it is shown again,"
                                + " in milliseconds. What happens within it makes one document.")
                .define(
                        LONG_CALL_UPDATE_INTERVAL,
                        LONG,
                        600_000L,
                        Range.atLeast(0),
                        Importance.MEDIUM,
                        "How long after its last document a call that goes on is shown again if rows came but no turn, in milliseconds.")
                .define(
                        SHIP_COMPLETE_AFTER,
                        LONG,
                        5_000L,
                        Range.atLeast(0),
                        Importance.HIGH,
                        "How long a call's rows must have been quiet after its end, in milliseconds. A row that comes later amends the document.")
                .define(
                        SHIP_CDR_ONLY_AFTER,
                        LONG,
                        60_000L,
                        Range.atLeast(0),
                        Importance.MEDIUM,
                        "The same where the PBX logs no channel events: nothing tells then whether the last leg has ended. In milliseconds.")
                .define(
                        MAX_CALL_DURATION,
                        LONG,
                        Duration.ofHours(24).toMillis(),
                        Range.atLeast(1),
                        Importance.LOW,
                        "A call without end that is open for so long counts as over (ended_by: max_duration), in milliseconds. It is opened"
                                + " again by the next of its rows.")
                .define(
                        MAX_CALL_SILENCE,
                        LONG,
                        Duration.ofHours(12).toMillis(),
                        Range.atLeast(1),
                        Importance.LOW,
                        "The same for a call of which nothing was heard for so long, in milliseconds.");
    }

    private static ConfigDef memorySettings() {
        return new ConfigDef()
                .define(
                        LATE_WINDOW,
                        LONG,
                        Duration.ofHours(6).toMillis(),
                        Range.atLeast(0),
                        Importance.LOW,
                        "How long after its last row a complete call's rows are kept, so that the call is told anew when one more comes, in"
                                + " milliseconds.")
                .define(
                        HISTORY_WINDOW,
                        LONG,
                        Duration.ofDays(7).toMillis(),
                        Range.atLeast(0),
                        Importance.LOW,
                        "How long after that a call's revision is remembered, in milliseconds. A row that comes within it is added to the last"
                                + " document, if the topic of documents still has it. Rows of unknown calls that are older by both windows than"
                                + " their PBX's newest ones go to the dead letters as too-late.");
    }

    private static ConfigDef outputSettings() {
        return new ConfigDef()
                .define(
                        DOCUMENT_MAX_BYTES,
                        INT,
                        8_000_000,
                        Range.atLeast(10_000),
                        Importance.LOW,
                        "The largest document, in bytes; keep it below the topic's max.message.bytes. A larger one loses entries from the middle"
                                + " of its longest lists, whose names stand in its field truncated.")
                .define(
                        RAW_ENABLED,
                        BOOLEAN,
                        false,
                        Importance.MEDIUM,
                        "Whether the rows of calls that were told are written one by one to the raw topic too, with number, direction, queue and"
                                + " tenant. Filtered CDRs are not.")
                .define(
                        RECORDING_WAIT,
                        LONG,
                        60_000L,
                        Range.atLeast(0),
                        Importance.MEDIUM,
                        "How long a recording waits for its call's complete document, in milliseconds. Then it leaves with what is known of the"
                                + " call, or with what its name tells.");
    }

    public Topics topics() {
        return new Topics(getString(TOPIC_PREFIX));
    }

    boolean createsTopics() {
        return getBoolean(TOPICS_CREATE);
    }

    int partitions() {
        return getInt(TOPICS_PARTITIONS);
    }

    short replicationFactor() {
        return getShort(TOPICS_REPLICATION);
    }

    ShippingRules shippingRules() {
        return new ShippingRules(
                getString(SHIPPING_MODE).equals(PROGRESSIVE),
                millis(SHIP_INCOMPLETE_AFTER),
                millis(SHIP_TURN_AFTER),
                millis(LONG_CALL_UPDATE_INTERVAL),
                millis(SHIP_COMPLETE_AFTER),
                millis(SHIP_CDR_ONLY_AFTER),
                millis(MAX_CALL_DURATION),
                millis(MAX_CALL_SILENCE),
                millis(LATE_WINDOW),
                millis(HISTORY_WINDOW));
    }

    DocumentLimit documentLimit() {
        return new DocumentLimit(getInt(DOCUMENT_MAX_BYTES));
    }

    Duration recordingWait() {
        return millis(RECORDING_WAIT);
    }

    boolean sendsRaw() {
        return getBoolean(RAW_ENABLED);
    }

    /** The documents that were written; one for each caller, who closes it. */
    DocumentArchive archive() {
        return new TopicArchive(consumerProperties(), topics().calls());
    }

    /** A converter of its own for each caller: converters need not be safe for many threads. */
    public Converter valueConverter() {
        Converter converter = Utils.newInstance(getClass(VALUE_CONVERTER).asSubclass(Converter.class));
        converter.configure(converterSettings(), false);
        return converter;
    }

    private Map<String, Object> converterSettings() {
        Map<String, Object> settings = new HashMap<>(Map.of("schemas.enable", "false"));
        settings.putAll(originalsWithPrefix(VALUE_CONVERTER + "."));
        return settings;
    }

    /** Whether values are JSON objects, with no schema around them. */
    boolean isPlainJson() {
        boolean hasSchemas =
                Boolean.parseBoolean(converterSettings().get("schemas.enable").toString());
        return getClass(VALUE_CONVERTER) == JsonConverter.class && !hasSchemas;
    }

    OperationConfig operation() {
        return new OperationConfig(this);
    }

    ConsoleConfig console() {
        return new ConsoleConfig(this);
    }

    /** For Kafka Streams: ours over its defaults, the user's over ours. */
    Properties streamsProperties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "sipstack-assembler");
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 200);
        // Rows are taken when they come; this is how often a task without any asks itself whether something is due
        properties.put(StreamsConfig.POLL_MS_CONFIG, 200);
        properties.put("processing.exception.handler.global.enabled", true);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedMemory.class);
        properties.put(StreamsConfig.mainConsumerPrefix("auto.offset.reset"), "earliest");
        properties.put(StreamsConfig.consumerPrefix("isolation.level"), "read_committed");
        properties.put(StreamsConfig.producerPrefix("compression.type"), "lz4");
        // What was deleted from a store is gone from its changelog a day later
        properties.put(
                StreamsConfig.topicPrefix(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG),
                Long.toString(Topics.COMPACTED_WITHIN.toMillis()));
        properties.put(StreamsConfig.producerPrefix("max.request.size"), Topics.LARGEST_DOCUMENT);
        properties.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, topics().dlq());
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, FaultLetters.class);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, FaultLetters.class);
        properties.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, FaultLetters.class);
        originals().forEach((name, value) -> {
            if (!definition().names().contains(name) && !name.startsWith(PBXS)) {
                properties.put(name, value);
            }
        });
        return properties;
    }

    /** Bytes of the largest record that our producers send. */
    int largestRequest() {
        Map<String, Object> producer = new StreamsConfig(streamsProperties()).getProducerConfigs("any");
        return Integer.parseInt(
                producer.get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG).toString());
    }

    /** How long what was sent may be unsure: until the producer has given up, and a commit has noticed. Zero under transactions. */
    Duration sentKept() {
        if (isExactlyOnce()) {
            return Duration.ZERO;
        }
        StreamsConfig streams = new StreamsConfig(streamsProperties());
        Map<String, Object> producer = ProducerConfig.configDef().defaultValues();
        producer.putAll(streams.getProducerConfigs("any"));
        long delivery = Long.parseLong(
                producer.get(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG).toString());
        return Duration.ofMillis(delivery + streams.getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG))
                .plus(SENT_MARGIN);
    }

    /** Whether a transaction holds what is written and the state together. */
    boolean isExactlyOnce() {
        Object guarantee = streamsProperties().get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG);
        return StreamsConfig.EXACTLY_ONCE_V2.equals(guarantee);
    }

    /** For a consumer that reads all of a topic, in no group. */
    Map<String, Object> readerProperties() {
        return new StreamsConfig(streamsProperties()).getGlobalConsumerConfigs(applicationId() + "-settings");
    }

    /** For an admin client. */
    public Map<String, Object> clientProperties() {
        Map<String, Object> properties = new HashMap<>();
        streamsProperties().forEach((name, value) -> properties.put(name.toString(), value));
        properties.keySet().removeIf(name -> !AdminClientConfig.configNames().contains(name));
        return properties;
    }

    /** For a consumer that belongs to no group. */
    public Map<String, Object> consumerProperties() {
        Map<String, Object> properties = ofClients(StreamsConfig.consumerPrefix(""), ConsumerConfig.configNames());
        properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return properties;
    }

    /** For a producer of our own. */
    Map<String, Object> producerProperties() {
        return ofClients(StreamsConfig.producerPrefix(""), ProducerConfig.configNames());
    }

    /** What is said to all clients, and over it what is said to those of one kind. */
    private Map<String, Object> ofClients(String prefix, Set<String> names) {
        Properties all = streamsProperties();
        Map<String, Object> properties = new HashMap<>();
        all.forEach((name, value) -> properties.put(name.toString(), value));
        all.forEach((name, value) -> {
            if (name.toString().startsWith(prefix)) {
                properties.put(name.toString().substring(prefix.length()), value);
            }
        });
        properties.keySet().retainAll(names);
        return properties;
    }

    /** What the cluster must allow us. */
    List<Grant> grants() {
        boolean isExactlyOnce = isExactlyOnce();
        List<Grant> grants = new ArrayList<>(Grants.assembler(topics(), applicationId()).stream()
                .filter(grant -> isExactlyOnce || grant.resourceType() != ResourceType.TRANSACTIONAL_ID)
                .toList());
        if (console().console().isPresent()) {
            grants.addAll(Grants.console(topics()));
        }
        if (console().mayReplay()) {
            grants.addAll(Grants.tools(topics()));
        }
        return List.copyOf(grants);
    }

    String applicationId() {
        return streamsProperties().getProperty(StreamsConfig.APPLICATION_ID_CONFIG);
    }

    private Duration millis(String setting) {
        return Duration.ofMillis(getLong(setting));
    }

    /** Two PBXs under one host name would be one PBX to SIPSTACK, and their calls would overwrite each other. */
    private void requireDistinctHostnames() {
        Map<String, String> pbxByHostname = new HashMap<>();
        for (String name : originals().keySet()) {
            if (name.startsWith(PBXS) && name.endsWith("." + HOSTNAME)) {
                String pbx = Pbx.requireName(name.substring(PBXS.length(), name.length() - HOSTNAME.length() - 1));
                String other = pbxByHostname.put(originals().get(name).toString(), pbx);
                if (other != null) {
                    throw new ConfigException(name, originals().get(name), "must differ from that of the PBX " + other);
                }
            }
        }
    }

    /** What is wrong with them is said at the start, and not when the first call comes. */
    private void requireReadableProfiles() {
        Set<String> pbxs = PbxKey.pbxs(originals().keySet());
        pbxs.add("any");
        for (String pbx : pbxs) {
            InterpreterConfig config = new InterpreterConfig(originals(), pbx);
            config.profile();
            config.filter();
        }
    }
}
