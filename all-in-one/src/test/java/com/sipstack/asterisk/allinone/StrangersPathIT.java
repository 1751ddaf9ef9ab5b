package com.sipstack.asterisk.allinone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.demopbx.MariaDbServer;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.tools.consumer.ConsoleConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody with a broker, a Connect worker and a PBX types what docs/cluster.md says, with addresses of their own. */
@Tag("long")
class StrangersPathIT {
    private static final Path ROOT = Path.of("..");
    private static final Pattern SECTION = Pattern.compile("(?s)\n## From an archive to the first row\n(.*?)\n## ");
    private static final Pattern BLOCK = Pattern.compile("(?s)```sh connect\n(.*?)```");
    private static final String EXAMPLE = "manifests/connectors/database-source.json";

    @TempDir
    Path directory;

    private final Map<String, String> addresses = new HashMap<>();
    private final ScheduledExecutorService asterisk = Executors.newSingleThreadScheduledExecutor();

    @Test
    void theNextRowOfThePbxIsInKafka() throws Exception {
        List<String> blocks = blocks();
        Path plugins = Files.createDirectory(directory.resolve("plugins"));
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
                MariaDbServer pbx = MariaDbServer.start()) {
            pbx.createTables();
            addresses.put("localhost:9092", broker.bootstrapServers());
            addresses.put("/opt/connect/plugins", plugins.toString());
            addresses.put(EXAMPLE, adapted(pbx).toString());
            Instant begin = Instant.now();
            type(blocks.get(0));
            Instant unpacked = Instant.now();
            try (PlainWorker worker =
                    PlainWorker.start(broker, directory, plugins).awaitReady()) {
                addresses.put("localhost:8083", "127.0.0.1:" + worker.port());
                Instant restarted = Instant.now();
                Future<?> calls = callsGoOn(pbx);
                String said = type(blocks.get(1));
                Instant end = Instant.now();

                assertThat(calls).isNotDone();
                assertThat(said).contains("\"pbx\":\"east\"", "\"source\":\"database\"", "\"linkedid\":\"17953");
                System.out.printf(
                        "From an archive to the first row: %.1f s (topics and archives %.1f, the worker's restart %.1f, the connector %.1f)%n",
                        seconds(begin, end),
                        seconds(begin, unpacked),
                        seconds(unpacked, restarted),
                        seconds(restarted, end));
            }
        } finally {
            asterisk.shutdownNow();
        }
    }

    /** What the document has people type, before and after the worker's restart. */
    private static List<String> blocks() throws Exception {
        String section = SECTION.matcher(Files.readString(ROOT.resolve("docs/cluster.md")))
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
        List<String> blocks =
                BLOCK.matcher(section).results().map(match -> match.group(1)).toList();
        assertThat(blocks).hasSize(2);
        return blocks;
    }

    /** The example with one address that is there. The other PBX cannot be reached, which keeps nobody waiting. */
    private Path adapted(MariaDbServer pbx) throws Exception {
        Files.writeString(directory.resolve("secrets.properties"), "database.password=" + pbx.password() + "\n");
        String example = Files.readString(ROOT.resolve(EXAMPLE))
                .replace("jdbc:mariadb://east.example.com/asterisk", pbx.jdbcUrl())
                .replace("\"database.user\": \"asterisk\"", "\"database.user\": \"" + pbx.user() + "\"")
                .replace("/etc/sipstack", directory.toString());
        return Files.writeString(directory.resolve("database-source.json"), example);
    }

    /** As on a PBX in business hours. */
    private Future<?> callsGoOn(MariaDbServer pbx) {
        Iterator<Map<String, Object>> rows = Corpus.PBX_20.rows("cdr").iterator();
        return asterisk.scheduleWithFixedDelay(
                () -> {
                    try {
                        pbx.insert("cdr", List.of(rows.next()));
                    } catch (SQLException e) {
                        throw new IllegalStateException("the PBX's database takes no rows", e);
                    }
                },
                0,
                200,
                TimeUnit.MILLISECONDS);
    }

    /** In a shell, in the project's folder. */
    private String type(String block) throws Exception {
        String here = block;
        for (Map.Entry<String, String> address : addresses.entrySet()) {
            here = here.replace(address.getKey(), address.getValue());
        }
        ProcessBuilder shell = new ProcessBuilder("sh", "-eu", "-c", here)
                .directory(ROOT.toFile())
                .redirectErrorStream(true);
        shell.environment().merge("PATH", kafkasScripts() + ":", (path, ours) -> ours + path);
        Process process = shell.start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(here + said).isZero();
        return said;
    }

    /** A folder with what stands in the {@code bin} of a Kafka. */
    private Path kafkasScripts() throws Exception {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path script = Files.writeString(
                bin.resolve("kafka-console-consumer.sh"),
                "#!/bin/sh\nexec '" + PlainWorker.javaCommand() + "' -cp '" + PlainWorker.kafkasLibraries() + "' "
                        + ConsoleConsumer.class.getName() + " \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return bin;
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1_000.0;
    }
}
