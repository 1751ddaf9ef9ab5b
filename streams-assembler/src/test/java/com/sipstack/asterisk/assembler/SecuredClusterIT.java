package com.sipstack.asterisk.assembler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.embedded.BrokerSecurity;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Grant;
import com.sipstack.asterisk.model.Grants;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that asks each client who it is, over TLS, and lets it do what its ACLs say and nothing else. */
class SecuredClusterIT {
    private static final String PBX = "pbx-east";
    private static final Topics TOPICS = new Topics("secured");
    private static final String SOURCE = "source";
    private static final String ASSEMBLER = "assembler";
    private static final String SINK = "sink";
    /** Known, and allowed nothing. */
    private static final String STRANGER = "stranger";
    /** Allowed all but one thing. */
    private static final String NEWCOMER = "newcomer";

    private static final String SINK_CONNECTOR = "calls";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    private static BrokerSecurity security;
    private static EmbeddedBroker broker;
    private static Admin admin;

    @BeforeAll
    static void startBroker() throws Exception {
        security =
                BrokerSecurity.create(directory.resolve("keys"), Set.of(SOURCE, ASSEMBLER, SINK, STRANGER, NEWCOMER));
        broker = EmbeddedBroker.startSecured(directory.resolve("kafka"), security);
        admin = Admin.create(client(BrokerSecurity.ADMIN));
        admin.createTopics(TOPICS.specs().stream()
                        .map(spec -> new NewTopic(spec.name(), 1, (short) 1).configs(spec.config()))
                        .toList())
                .all()
                .get();
        allow(SOURCE, Grants.source(TOPICS));
        allow(ASSEMBLER, Grants.assembler(TOPICS, ASSEMBLER));
        allow(SINK, Grants.sinks(TOPICS, List.of(SINK_CONNECTOR)));
    }

    @AfterAll
    static void stopBroker() {
        admin.close();
        broker.close();
    }

    @Test
    void callsAreAssembledWithTheLeastAcls() throws Exception {
        List<Row> rows = CorpusRows.calls(Corpus.PBX_20, PBX).get(new CallKey(PBX, "1795305288.0"));
        List<Row> next = CorpusRows.calls(Corpus.PBX_20, PBX).get(new CallKey(PBX, "1795305297.20"));
        try (Assembler assembler = Assembler.start(new AssemblerConfig(settings(ASSEMBLER)));
                KafkaConsumer<String, byte[]> documents = documents()) {
            write(TopologyFixture.events(rows));
            Map<String, JsonNode> told = new HashMap<>();
            awaitRevision(documents, told, "1795305288.0", 1);
            // The rows of the first are gone then, so the late one is added to what stands in the topic
            write(next);
            awaitRevision(documents, told, "1795305297.20", 1);
            write(TopologyFixture.legs(rows));
            awaitRevision(documents, told, "1795305288.0", 2);
            assertThat(told.get("1795305288.0").get("completeness").get("cdr").asBoolean())
                    .isTrue();
            assertThat(assembler.isRunning()).isTrue();
        }
    }

    @Test
    void allAclsThatAreMissingAreNamedAtTheStart() {
        assertThatThrownBy(() -> Assembler.start(new AssemblerConfig(settings(STRANGER))))
                .isInstanceOf(IllegalStateException.class)
                .satisfies(fault -> assertThat(Grants.assembler(TOPICS, ASSEMBLER))
                        .allSatisfy(grant -> assertThat(fault).hasMessageContaining(grant.toString())));
    }

    @Test
    void anOperationThatIsMissingIsNamedAlone() throws Exception {
        Grant documents = Grants.assembler(TOPICS, ASSEMBLER).stream()
                .filter(grant -> grant.name().equals(TOPICS.calls()))
                .findFirst()
                .orElseThrow();
        allow(NEWCOMER, Grants.assembler(TOPICS, ASSEMBLER));
        admin.deleteAcls(bindings(NEWCOMER, List.of(documents.only(Set.of(AclOperation.WRITE)))).stream()
                        .map(AclBinding::toFilter)
                        .toList())
                .all()
                .get();
        assertThatThrownBy(() -> Assembler.start(new AssemblerConfig(settings(NEWCOMER))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("missing ACLs: WRITE on the topic secured.calls. Add them");
    }

    @Test
    void aWrongPasswordIsSaidAtTheStart() {
        Map<String, String> settings = settings(ASSEMBLER);
        settings.computeIfPresent("sasl.jaas.config", (name, value) -> value.replace("password=\"", "password=\"not-"));

        assertThatThrownBy(() -> Assembler.start(new AssemblerConfig(settings)))
                .hasMessageContaining("SaslAuthenticationException");
    }

    private static Map<String, String> settings(String user) {
        Map<String, String> settings = new HashMap<>(security.clientSettings(user));
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("application.id", ASSEMBLER);
        settings.put("group.instance.id", ASSEMBLER);
        settings.put("state.dir", directory.resolve("state").toString());
        settings.put(AssemblerConfig.TOPIC_PREFIX, TOPICS.prefix());
        settings.put(AssemblerConfig.SHIP_COMPLETE_AFTER, "200");
        settings.put(AssemblerConfig.LATE_WINDOW, "0");
        return settings;
    }

    private static Map<String, Object> client(String user) {
        Map<String, Object> settings = new HashMap<>(security.clientSettings(user));
        settings.put("bootstrap.servers", broker.bootstrapServers());
        return settings;
    }

    private static void allow(String user, List<Grant> grants) throws Exception {
        admin.createAcls(bindings(user, grants)).all().get();
    }

    private static List<AclBinding> bindings(String user, Collection<Grant> grants) {
        List<AclBinding> bindings = new ArrayList<>();
        for (Grant grant : grants) {
            ResourcePattern resource = new ResourcePattern(grant.resourceType(), grant.name(), grant.patternType());
            grant.operations()
                    .forEach(operation -> bindings.add(new AclBinding(
                            resource,
                            new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW))));
        }
        return bindings;
    }

    private static void write(List<Row> rows) throws Exception {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(client(SOURCE), new StringSerializer(), new ByteArraySerializer())) {
            List<Future<?>> sent = new ArrayList<>();
            for (Row row : rows) {
                String topic = row instanceof Cdr ? TOPICS.cdr() : TOPICS.cel();
                sent.add(producer.send(new ProducerRecord<>(topic, PBX, TopologyFixture.bytes(row))));
            }
            for (Future<?> future : sent) {
                future.get();
            }
        }
    }

    private static KafkaConsumer<String, byte[]> documents() {
        Map<String, Object> settings = client(SINK);
        settings.put("group.id", "connect-" + SINK_CONNECTOR);
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(TOPICS.calls()));
        return consumer;
    }

    private static void awaitRevision(
            KafkaConsumer<String, byte[]> documents, Map<String, JsonNode> told, String linkedid, int revision) {
        Awaitility.await().atMost(LIMIT).until(() -> {
            for (ConsumerRecord<String, byte[]> record : documents.poll(Duration.ofMillis(200))) {
                JsonNode document = TopologyFixture.json(record.value());
                told.put(document.get("linkedid").asText(), document);
            }
            return told.containsKey(linkedid)
                    && told.get(linkedid).get("revision").asInt() == revision;
        });
    }
}
