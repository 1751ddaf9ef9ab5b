package com.sipstack.asterisk.allinone.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sipstack.asterisk.allinone.StrimziKinds;
import com.sipstack.asterisk.assembler.Assembler;
import com.sipstack.asterisk.assembler.AssemblerConfig;
import com.sipstack.asterisk.embedded.BrokerSecurity;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.embedded.FreePort;
import com.sipstack.asterisk.model.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A carrier's cluster that lets nobody do anything but what its ACLs say. */
class TopicsIT {
    private static final String ASSEMBLER = "assembler";
    private static final String CONNECT = "connect";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    private static BrokerSecurity security;
    private static EmbeddedBroker broker;
    private static Admin admin;

    @BeforeAll
    static void startBroker() throws Exception {
        security = BrokerSecurity.create(directory.resolve("keys"), Set.of(ASSEMBLER, CONNECT));
        broker = EmbeddedBroker.startSecured(directory.resolve("kafka"), security);
        admin = Admin.create(client(BrokerSecurity.ADMIN));
        Properties properties = new Properties();
        properties.putAll(security.clientSettings(BrokerSecurity.ADMIN));
        try (Writer out = Files.newBufferedWriter(adminConfig())) {
            properties.store(out, null);
        }
    }

    @AfterAll
    static void stopBroker() {
        admin.close();
        broker.close();
    }

    @Test
    void whatWasAppliedLeavesNothingToPlanAndTheAssemblerStartsWithIt() throws Exception {
        String[] options = {
            "--prefix=fresh",
            "--partitions=2",
            "--replication-factor=1",
            "--application-id=fresh-assembler",
            "--principal=source=User:" + CONNECT,
            "--principal=sinks=User:" + CONNECT,
            "--principal=tools=User:operator",
            "--principal=forget=User:privacy",
            "--principal=assembler=User:" + ASSEMBLER,
            "--principal=console=User:" + ASSEMBLER
        };

        assertThatThrownBy(() -> Assembler.start(new AssemblerConfig(assembler("fresh"))))
                .hasMessageContaining("missing ACLs: ");
        Ended before = topics("plan", options);
        assertThat(before.code()).isEqualTo(1);
        assertThat(before.text())
                .contains("create topic fresh.calls: 2 partitions, cleanup.policy=compact,delete,")
                .contains("retention.ms=259200000 (3 days)")
                .contains("allow User:assembler READ on the topic fresh.cdr")
                .contains("allow User:connect READ on the group connect-sipstack-raw");
        assertThat(existing("fresh")).isEmpty();

        Ended apply = topics("apply", options);
        assertThat(apply.code()).as(apply.text()).isZero();
        assertThat(apply.text()).contains("done: create topic fresh.dlq").endsWith("\nAll is as it should be.\n");

        Ended after = topics("plan", options);
        assertThat(after.text()).isEqualTo("All is as it should be.\n");
        assertThat(after.code()).isZero();
        Map<String, Object> withConsole = assembler("fresh");
        withConsole.put("console.port", Integer.toString(FreePort.any()));
        try (Assembler assembler = Assembler.start(new AssemblerConfig(withConsole))) {
            Awaitility.await().atMost(LIMIT).until(assembler::isRunning);
        }
    }

    @Test
    void retentionThatIsTooShortIsSaidWithItsCostAndMoreThanIsAskedForIsLeft() throws Exception {
        createAll(
                "short",
                3,
                Map.of(
                        "short.calls", Map.of("retention.ms", "3600000", "max.message.bytes", "1048576"),
                        "short.dlq", Map.of("retention.ms", "-1")));

        Ended plan = topics("plan", "--prefix=short");

        assertThat(plan.text().lines())
                .containsExactly(
                        "set max.message.bytes of short.calls: 1048576 -> 8388608",
                        "set retention.ms of short.calls: 3600000 (1 h) -> 691200000 (8 days); error: less than the 48 hours for which"
                                + " what the API does not take is tried again; after 1 h of an outage calls are deleted before they"
                                + " were delivered",
                        "2 differences; sipstack topics apply puts right what is not by hand.");
        assertThat(topics("apply", "--prefix=short").code()).isZero();
        assertThat(topics("plan", "--prefix=short").code()).isZero();
    }

    @Test
    void theWholePrescriptionIsPrintedAsResourcesThatStrimziKnows() throws Exception {
        Ended plan = topics(
                "plan",
                "--prefix=strimzi",
                "--partitions=12",
                "--output=strimzi",
                "--strimzi-cluster=metro",
                "--principal=assembler=User:CN=assembler",
                "--principal=source=User:connect",
                "--principal=sinks=User:connect");

        assertThat(plan.code()).isEqualTo(1);
        List<JsonNode> resources = StrimziKinds.resources(plan.text());
        for (JsonNode resource : resources) {
            assertThat(StrimziKinds.read(resource)).isNotNull();
            assertThat(resource.at("/metadata/labels").toString()).contains("metro");
        }
        assertThat(resources.stream()
                        .map(resource -> resource.at("/metadata/name").asText()))
                .hasSize(new Topics("strimzi").specs().size() + 2)
                .contains("strimzi.calls", "assembler")
                .containsOnlyOnce("connect");
        assertThat(plan.text()).contains("partitions: 12").doesNotContain("replicas");
    }

    @Test
    void aNumberOfPartitionsIsExplainedAndNeverChanged() throws Exception {
        create(new Topics("odd")
                .specs().stream()
                        .filter(spec -> !spec.name().equals("odd.raw"))
                        .map(spec -> new NewTopic(spec.name(), spec.name().equals("odd.cel") ? 5 : 3, (short) 1)
                                .configs(spec.config()))
                        .toList());

        Ended apply = topics("apply", "--prefix=odd");

        assertThat(apply.code()).isEqualTo(1);
        assertThat(apply.text())
                .contains("done: create topic odd.raw: 3 partitions")
                .contains(
                        "left: by hand: odd.cel has 5 partitions, not 3. That is never changed: all that a PBX says stays in one")
                .endsWith("\n1 left.\n");
        assertThat(admin.describeTopics(List.of("odd.cel"))
                        .allTopicNames()
                        .get()
                        .get("odd.cel")
                        .partitions())
                .hasSize(5);
    }

    @Test
    void whatAnAclDeniesIsSaidAndStays() throws Exception {
        createAll("denied", 1, Map.of());
        ResourcePattern topic = new ResourcePattern(ResourceType.TOPIC, "denied.", PatternType.PREFIXED);
        admin.createAcls(List.of(
                        new AclBinding(topic, entry("User:loader", AclOperation.ALL, AclPermissionType.ALLOW)),
                        new AclBinding(topic, entry("User:loader", AclOperation.WRITE, AclPermissionType.DENY))))
                .all()
                .get();

        Ended apply = topics("apply", "--prefix=denied", "--principal=source=User:loader");

        assertThat(apply.code()).isEqualTo(1);
        assertThat(apply.text().lines())
                .containsExactly(
                        "left: by hand: User:loader WRITE on each topic that begins with denied. is denied by an ACL, which counts for more"
                                + " than any permission. Take it away if it was not meant for this",
                        "1 left.");
    }

    @Test
    void commandsOfKafkasOwnCanBePrinted() throws Exception {
        Ended plan = topics("plan", "--prefix=printed", "--output=kafka", "--principal=assembler=User:CN=asm,O=x y");

        String cluster =
                " --bootstrap-server " + broker.bootstrapServers() + " --command-config " + adminConfig() + " ";
        assertThat(plan.code()).isEqualTo(1);
        assertThat(plan.text().lines())
                .contains(
                        "kafka-topics.sh" + cluster
                                + "--create --topic printed.settings --partitions 6 --config 'cleanup.policy=compact'",
                        "kafka-acls.sh" + cluster
                                + "--add --allow-principal 'User:CN=asm,O=x y' --operation DescribeConfigs"
                                + " --resource-pattern-type Literal --topic printed.calls",
                        "kafka-acls.sh" + cluster
                                + "--add --allow-principal 'User:CN=asm,O=x y' --operation Write"
                                + " --resource-pattern-type Prefixed --transactional-id sipstack-assembler-");
        assertThat(existing("printed")).isEmpty();
    }

    @Test
    void aPrincipalWithoutARoleIsRefused() throws Exception {
        Ended plan = topics("plan", "--principal=User:connect");

        assertThat(plan.code()).isEqualTo(2);
        assertThat(plan.text()).contains("must be source, assembler, console, sinks, tools or forget, then =User:NAME");
    }

    /** How the command ended and what it said. */
    private record Ended(int code, String text) {}

    private static Ended topics(String subcommand, String... options) {
        Stream<String> cluster = Stream.of(
                subcommand, "--bootstrap-servers", broker.bootstrapServers(), "--command-config", "" + adminConfig());
        StringWriter text = new StringWriter();
        CommandLine command = new CommandLine(new TopicsCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(text, true))
                .setErr(new PrintWriter(text, true));
        int code = command.execute(Stream.concat(cluster, Stream.of(options)).toArray(String[]::new));
        return new Ended(code, text.toString());
    }

    /** All topics of a prefix as they should be, but for settings of some. */
    private static void createAll(String prefix, int partitions, Map<String, Map<String, String>> changes)
            throws Exception {
        create(new Topics(prefix)
                .specs().stream()
                        .map(spec -> {
                            Map<String, String> config = new HashMap<>(spec.config());
                            config.putAll(changes.getOrDefault(spec.name(), Map.of()));
                            return new NewTopic(spec.name(), partitions, (short) 1).configs(config);
                        })
                        .toList());
    }

    private static void create(List<NewTopic> topics) throws Exception {
        admin.createTopics(topics).all().get();
        List<String> names = topics.stream().map(NewTopic::name).toList();
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> admin.listTopics().names().get().containsAll(names));
    }

    private static List<String> existing(String prefix) throws Exception {
        return admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith(prefix + "."))
                .toList();
    }

    private static AccessControlEntry entry(String principal, AclOperation operation, AclPermissionType permission) {
        return new AccessControlEntry(principal, "*", operation, permission);
    }

    private static Map<String, Object> client(String user) {
        Map<String, Object> settings = new HashMap<>(security.clientSettings(user));
        settings.put("bootstrap.servers", broker.bootstrapServers());
        return settings;
    }

    private static Map<String, Object> assembler(String prefix) {
        Map<String, Object> settings = client(ASSEMBLER);
        settings.put("application.id", prefix + "-assembler");
        settings.put("group.instance.id", "one");
        settings.put("state.dir", directory.resolve("state").toString());
        settings.put(AssemblerConfig.TOPIC_PREFIX, prefix);
        return settings;
    }

    private static Path adminConfig() {
        return directory.resolve("admin.properties");
    }
}
