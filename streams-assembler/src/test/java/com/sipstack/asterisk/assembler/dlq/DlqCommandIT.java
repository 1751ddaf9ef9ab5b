package com.sipstack.asterisk.assembler.dlq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.model.DeadLetter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands against a real broker; every test has its own topics. */
class DlqCommandIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static EmbeddedBroker broker;
    private static Admin admin;
    private static Producer<byte[], byte[]> producer;
    private static int tests;

    private String calls;
    private String cdr;
    private String dlq;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.startTemporary();
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "max.request.size", "8388608"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void stopBroker() {
        producer.close();
        admin.close();
        broker.close();
    }

    @BeforeEach
    void createTopics() throws Exception {
        String prefix = "t" + ++tests;
        calls = prefix + ".calls";
        cdr = prefix + ".cdr";
        dlq = prefix + ".dlq";
        admin.createTopics(List.of(topic(calls), topic(cdr), topic(dlq))).all().get();
    }

    @Test
    void lettersAreGroupedByWhyTheyAreThere() throws Exception {
        rejected(call("1.1", 1), "HTTP 422: 14165551234 is odd");
        rejected(call("1.2", 1), "HTTP 422: 14165550000 is odd");
        assemblerLetter("east", "value cannot be read");
        sourceLetter("east", "eventtime of row 17: decade");

        JsonNode groups = JSON.readTree(run("list", "--json"));

        assertThat(groups).hasSize(3);
        assertThat(groups.get(0).path("letters").intValue()).isEqualTo(2);
        assertThat(groups.get(0).path("reason").textValue()).isEqualTo("HTTP 422: # is odd");
        assertThat(groups.get(0).path("stage").textValue()).isEqualTo("sink");
        assertThat(groups.findValuesAsText("pbx")).containsOnly("east");
        assertThat(run("list", "--stage", "assembler"))
                .contains("value cannot be read")
                .doesNotContain("HTTP 422");
        assertThat(run("list", "--since", "2100-01-01T00:00:00Z")).contains("No letters");
    }

    @Test
    void aLetterIsShownInFullAndMovesNoCursor() throws Exception {
        LetterPlace letter = rejected(call("1.1\u001b[2J", 3), "HTTP 422: \u001b[31mred");

        String shown = run("show", letter.toString());

        assertThat(shown)
                .contains(
                        "sink",
                        "HTTP 422: \\u001b[31mred",
                        calls + " 0:0",
                        "status           422",
                        "attempts         1")
                .contains("east/1.1\\u001b[2J/3/hash", "\"revision\":3", "1 letters")
                .doesNotContain("\u001b");
    }

    @Test
    void theLettersOfACallAreFoundWhoeverWroteThem() throws Exception {
        rejected(call("1795305288.0", 1), "HTTP 422: odd");
        rejected(call("1795305288.07", 1), "HTTP 422: odd");
        rejected(call("11795305288.0", 1), "HTTP 422: odd");
        assemblerLetter("east", "the call 1795305288.0 cannot be told");
        letter(DeadLetter.ofSource("no row", "east", "cel#1", 17L), "east", "{\"linkedid\":\"1795305288.0\"}");

        assertThat(run("show", "--pbx", "east", "--call", "1795305288.0"))
                .contains("east|1795305288.0", "cannot be told", "cel#1", "3 letters");
        assertThat(run("drop", "--call", "1795305288.07")).contains("1 ");
        assertThat(run("list", "--call", "1795305288.07")).contains("No letters");
        assertThat(run("list", "--call", "1795305288.0")).contains("HTTP 422");
    }

    @Test
    void documentsGoBackInOrderUnlessALaterRevisionIsThere() throws Exception {
        rejected(call("1.1", 1), "HTTP 422");
        rejected(call("1.2", 1), "HTTP 422");
        rejected(call("1.1", 2), "HTTP 422");
        rejected(call("1.3", 4), "HTTP 422");
        send(call("1.2", 2));
        long before = records(calls).size();

        String counted = run("replay", "--stage", "sink", "--dry-run");
        assertThat(records(calls)).hasSize((int) before);
        String replayed = run("replay", "--stage", "sink");

        assertThat(counted).startsWith("4 selected: 2 would be replayed, 2 superseded");
        assertThat(replayed).startsWith("4 selected: 2 replayed, acknowledged by the broker, 2 superseded");
        List<ConsumerRecord<byte[], byte[]>> written = records(calls);
        assertThat(written.subList((int) before, written.size()))
                .extracting(record -> new String(record.key(), UTF_8) + " " + text(record, DeadLetter.REPLAY_OF))
                .containsExactly("east|1.1 " + dlq + " 0:2", "east|1.3 " + dlq + " 0:3");
        assertThat(written.get(written.size() - 1).headers())
                .extracting(header -> header.key())
                .containsExactly("trace", DeadLetter.REPLAY_OF);
    }

    @Test
    void aLetterOfMegabytesIsReplayedToo() throws Exception {
        ProducerRecord<byte[], byte[]> call = call("1.1", 1);
        String large =
                new String(call.value(), UTF_8).replaceFirst("\\{", "{\"notes\":\"" + "x".repeat(2_000_000) + "\",");
        rejected(new ProducerRecord<>(calls, call.key(), large.getBytes(UTF_8)), "HTTP 413");

        assertThat(run("replay", "--all")).startsWith("1 selected: 1 replayed");
    }

    @Test
    void whatWasReplayedIsNotReplayedTwiceUnlessAskedFor() throws Exception {
        rejected(call("1.1", 1), "HTTP 422");

        assertThat(run("replay", "--all")).startsWith("1 selected: 1 replayed");
        assertThat(run("replay", "--all"))
                .startsWith("1 selected: 0 replayed")
                .contains("1 replayed or dropped before");
        assertThat(run("list")).contains("No letters");
        assertThat(run("list", "--all")).contains("HTTP 422");
        assertThat(run("show")).contains("replayed");
        assertThat(run("replay", "--all", "--again")).startsWith("1 selected: 1 replayed");
        assertThat(records(calls)).hasSize(3);
    }

    @Test
    void aRevisionThatComesInWhileReplayingIsNeverFollowedByAnEarlierOne() throws Exception {
        rejected(call("1.1", 1), "HTTP 422");
        rejected(call("1.2", 1), "HTTP 422");
        List<LetterPlace> asked = new ArrayList<>();
        Predicate<StoredLetter> selected = letter -> {
            asked.add(letter.place());
            if (asked.size() == 3) { // the later revisions have been looked up, nothing is written yet
                sendUnchecked(call("1.1", 2));
            }
            return true;
        };

        ReplayTally tally = replay(selected);

        assertThat(tally.of(ReplayTally.Fate.REPLAYED)).isEqualTo(1);
        assertThat(tally.of(ReplayTally.Fate.SUPERSEDED)).isEqualTo(1);
        assertThat(records(calls))
                .extracting(record -> new String(record.key(), UTF_8) + " "
                        + Revisions.of(record.value()).orElseThrow())
                .containsExactly("east|1.1 1", "east|1.2 1", "east|1.1 2", "east|1.2 1");
    }

    @Test
    void rowsGoBackToTheirTopicAndWhatCannotIsExplained() throws Exception {
        assemblerLetter("east", "value cannot be read");
        sourceLetter("east", "eventtime of row 17: decade");
        letter(
                new DeadLetter("assembler", "the call 1.1 cannot be told", "east", null, null, null, null, null),
                "east",
                "east|1.1");
        letter(DeadLetter.ofRecord("assembler", "gone", "east", "no.such.topic", 0, 0), "east", "{}");

        String replayed = run("replay", "--all");

        assertThat(replayed)
                .startsWith("4 selected: 1 replayed")
                .contains("3 that cannot be replayed")
                .contains("1: a row that a source could not read")
                .contains("1: it tells of a call, not of a record")
                .contains("1: there is no topic no.such.topic");
        assertThat(records(cdr)).singleElement().satisfies(record -> {
            assertThat(record.key()).asString().isEqualTo("east");
            assertThat(record.value()).asString().isEqualTo("{\"broken\"");
        });
    }

    @Test
    void droppedLettersAreNeitherListedNorReplayedAndErasedUpToTheFirstOpenOne() throws Exception {
        rejected(call("1.1", 1), "HTTP 422");
        rejected(call("1.2", 1), "HTTP 413");
        rejected(call("1.3", 1), "HTTP 422");

        assertThat(run("drop", "--reason", "http 422", "--dry-run")).contains("2 letters would be dropped");
        assertThat(run("drop", "--reason", "http 422", "--erase"))
                .contains("2 letters dropped, acknowledged by the broker", "1 letters erased");

        assertThat(run("list")).contains("HTTP 413").doesNotContain("HTTP 422");
        assertThat(run("list", "--all")).contains("HTTP 422");
        assertThat(run("show")).contains("0:2").doesNotContain("0:0,").contains("2 letters");
        assertThat(run("replay", "--all", "--again")).startsWith("2 selected: 1 replayed");
        assertThat(run("drop", "--all")).contains("1 letters dropped");
    }

    @Test
    void whatChangesSomethingMustBeToldWhichLetters() {
        assertThat(exitCode("replay")).isEqualTo(2);
        assertThat(exitCode("drop")).isEqualTo(2);
        assertThat(exitCode("show", "5")).isEqualTo(2);
    }

    @Test
    void theClustersAddressMayStandInAFile(@TempDir Path folder) throws Exception {
        rejected(call("1.1", 1), "HTTP 422");
        Path config = folder.resolve("client.properties");
        Files.writeString(config, "bootstrap.servers=" + broker.bootstrapServers() + "\ngroup.instance.id=x\n");
        StringWriter out = new StringWriter();

        int code = new CommandLine(new DlqCommand())
                .setOut(new PrintWriter(out))
                .execute("list", "--config", config.toString(), "--dlq-topic", dlq);

        assertThat(code).isZero();
        assertThat(out.toString()).contains("HTTP 422");
    }

    private static NewTopic topic(String name) {
        return new NewTopic(name, 1, (short) 1);
    }

    private String run(String... arguments) {
        StringWriter out = new StringWriter();
        assertThat(execute(out, arguments)).as("exit code").isZero();
        return out.toString();
    }

    private int exitCode(String... arguments) {
        return execute(new StringWriter(), arguments);
    }

    private int execute(StringWriter out, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap-servers", broker.bootstrapServers(), "--dlq-topic", dlq));
        return new CommandLine(new DlqCommand())
                .setOut(new PrintWriter(out, true))
                .execute(all.toArray(String[]::new));
    }

    private ReplayTally replay(Predicate<StoredLetter> selected) throws Exception {
        Cluster cluster = cluster();
        try (Transactions transactions = new Transactions(cluster.producer());
                Consumer<byte[], byte[]> letters = cluster.consumer("read_committed");
                Consumer<byte[], byte[]> documents = cluster.consumer("read_uncommitted")) {
            return new Replayer(
                            new LetterTopic(dlq, new TopicScan(letters)),
                            new ReplayOrder(admin.listTopics().names().get()),
                            new Revisions(new TopicScan(documents)),
                            false)
                    .replay(selected, transactions);
        }
    }

    private Cluster cluster() {
        Cluster cluster = new Cluster();
        CommandLine.populateCommand(cluster, "--bootstrap-servers", broker.bootstrapServers(), "--dlq-topic", dlq);
        return cluster;
    }

    private ProducerRecord<byte[], byte[]> call(String linkedid, long revision) {
        String json = "{\"linkedid\":\"" + linkedid.replace("\u001b", "\\u001b")
                + "\",\"nested\":{\"revision\":99},\"revision\":" + revision + "}";
        return new ProducerRecord<>(calls, ("east|" + linkedid).getBytes(UTF_8), json.getBytes(UTF_8));
    }

    /** The document's own record, and a letter of it as the sink writes it. */
    private LetterPlace rejected(ProducerRecord<byte[], byte[]> document, String reason) throws Exception {
        RecordMetadata place = send(document);
        ProducerRecord<byte[], byte[]> letter = letterOf(
                DeadLetter.ofRecord("sink", reason, "east", calls, place.partition(), place.offset()),
                document.key(),
                document.value());
        String linkedid = new String(document.key(), UTF_8).substring(5);
        long revision = Revisions.of(document.value()).orElseThrow();
        letter.headers()
                .add("trace", "kept".getBytes(UTF_8))
                .add("sipstack.dlq.status", "422".getBytes(UTF_8))
                .add("sipstack.dlq.attempts", "1".getBytes(UTF_8))
                .add("sipstack.dlq.idempotency.key", ("east/" + linkedid + "/" + revision + "/hash").getBytes(UTF_8))
                .add("__connect.errors.topic", calls.getBytes(UTF_8));
        RecordMetadata written = send(letter);
        return new LetterPlace(written.partition(), written.offset());
    }

    private void assemblerLetter(String pbx, String reason) throws Exception {
        letter(DeadLetter.ofRecord("assembler", reason, pbx, cdr, 0, 0), pbx, "{\"broken\"");
    }

    private void sourceLetter(String pbx, String reason) throws Exception {
        letter(DeadLetter.ofSource(reason, pbx, "cel#1", 17L), pbx, "{}");
    }

    private void letter(DeadLetter envelope, String key, String value) throws Exception {
        send(letterOf(envelope, key.getBytes(UTF_8), value.getBytes(UTF_8)));
    }

    private ProducerRecord<byte[], byte[]> letterOf(DeadLetter envelope, byte[] key, byte[] value) {
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(dlq, key, value);
        envelope.toHeaders().forEach((name, text) -> letter.headers().add(name, text.getBytes(UTF_8)));
        return letter;
    }

    private static RecordMetadata send(ProducerRecord<byte[], byte[]> record) throws Exception {
        return producer.send(record).get();
    }

    private static void sendUnchecked(ProducerRecord<byte[], byte[]> record) {
        try {
            send(record);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a reader of what is committed sees. */
    private List<ConsumerRecord<byte[], byte[]>> records(String topic) throws Exception {
        cluster().producer().close(); // waits until the last transaction can be read
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            TopicScan scan = new TopicScan(consumer);
            scan.read(Map.of(partition, 0L), scan.ends(List.of(partition)), records::add);
        }
        return records;
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
        return new String(record.headers().lastHeader(header).value(), UTF_8);
    }
}
