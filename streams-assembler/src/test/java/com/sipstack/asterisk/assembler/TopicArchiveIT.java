package com.sipstack.asterisk.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.DeadLetter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents that are looked for in their topic at a real broker, as compaction and replays leave it. */
class TopicArchiveIT {
    private static final CallKey CALL = new CallKey("pbx-east", "1795305288.0");
    private static final CallKey EARLIER = new CallKey("pbx-east", "1795305200.7");
    private static final CallKey OTHER = new CallKey("pbx-east", "1795305297.20");

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;
    private static KafkaProducer<String, byte[]> producer;
    private static int topics;

    private final Instant told = Instant.now().minus(Duration.ofDays(1));
    private String topic;
    private TopicArchive archive;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void stopBroker() {
        producer.close();
        broker.close();
    }

    @BeforeEach
    void createTopic() throws Exception {
        topic = "calls-" + ++topics;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
        archive = new TopicArchive(Map.of("bootstrap.servers", broker.bootstrapServers()), topic);
    }

    @AfterEach
    void closeArchive() {
        archive.close();
    }

    @Test
    void aDocumentIsFoundWhereItWasTold() throws Exception {
        write(OTHER, Duration.ZERO, "of another");
        write(CALL, Duration.ZERO, "told");
        write(OTHER, Duration.ofHours(1), "of another");

        assertThat(found(CALL)).contains("told");
    }

    /** The replay is the call's last record, so compaction leaves nothing where the document stood first. */
    @Test
    void aReplayedDocumentIsFoundWhereItStandsNow() throws Exception {
        write(OTHER, Duration.ZERO, "of another");
        replay(CALL, Duration.ofHours(2), "replayed");
        write(OTHER, Duration.ofHours(3), "of another");

        assertThat(found(CALL)).contains("replayed");
    }

    @Test
    void aDocumentThatIsReplayedOnlyAfterItWasLookedForIsFoundThen() throws Exception {
        write(OTHER, Duration.ZERO, "of another");
        write(OTHER, Duration.ofHours(1), "of another");
        assertThat(found(CALL)).isEmpty();

        replay(CALL, Duration.ofHours(2), "replayed");
        assertThat(found(CALL)).contains("replayed");
        replay(CALL, Duration.ofHours(3), "replayed again");
        assertThat(found(CALL)).contains("replayed again");
    }

    @Test
    void replaysOfCallsThatEndedEarlierAndLaterAreFoundWhicheverIsLookedForFirst() throws Exception {
        write(OTHER, Duration.ofHours(-5), "of another");
        replay(EARLIER, Duration.ofHours(-3), "replayed early");
        write(OTHER, Duration.ZERO, "of another");
        replay(CALL, Duration.ofHours(2), "replayed late");

        assertThat(found(CALL)).contains("replayed late");
        assertThat(found(EARLIER, told.minus(Duration.ofHours(5)))).contains("replayed early");
        assertThat(found(CALL)).contains("replayed late");
    }

    @Test
    void aReplayedDocumentOfACallThatWasForgottenIsNotFound() throws Exception {
        write(OTHER, Duration.ZERO, "of another");
        replay(CALL, Duration.ofHours(2), "replayed");
        producer.send(new ProducerRecord<>(topic, CALL.toString(), null)).get();

        assertThat(found(CALL)).isEmpty();
    }

    private Optional<String> found(CallKey call) {
        return found(call, told);
    }

    private Optional<String> found(CallKey call, Instant at) {
        return archive.find(call, at.toEpochMilli()).map(document -> new String(document, UTF_8));
    }

    private void replay(CallKey call, Duration later, String document) throws Exception {
        ProducerRecord<String, byte[]> record = record(call, later, document);
        record.headers().add(DeadLetter.REPLAY_OF, "asterisk.dlq 0-0".getBytes(UTF_8));
        producer.send(record).get();
    }

    private void write(CallKey call, Duration later, String document) throws Exception {
        producer.send(record(call, later, document)).get();
    }

    private ProducerRecord<String, byte[]> record(CallKey call, Duration later, String document) {
        long at = told.plus(later).toEpochMilli();
        return new ProducerRecord<>(topic, null, at, call.toString(), document.getBytes(UTF_8));
    }
}
