package com.sipstack.asterisk.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.embedded.FreePort;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed program, as an operator starts and stops it. */
class RunnableJarIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void itAssemblesUntilItIsToldToStop() throws Exception {
        Topics topics = new Topics("packed");
        int port = FreePort.any();
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0)) {
            Process process = start(write(List.of(
                    "bootstrap.servers=" + broker.bootstrapServers(),
                    "state.dir=" + directory.resolve("state"),
                    "topic.prefix=" + topics.prefix(),
                    "topics.create=true",
                    "topics.partitions=1",
                    "topics.replication.factor=1",
                    "ship.complete.after.ms=200",
                    "http.port=" + port)));
            try {
                Awaitility.await("it is ready")
                        .atMost(LIMIT)
                        .ignoreExceptionsInstanceOf(IOException.class)
                        .until(() -> get(port, "/ready").statusCode() == 200);
                write(broker, topics);
                Awaitility.await("its call is complete")
                        .atMost(LIMIT)
                        .until(() ->
                                get(port, "/metrics").body().contains("sipstack_assembler_calls_completed_total 1.0"));

                process.destroy();
                assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isEqualTo(128 + 15);
                assertThat(said())
                        .contains("The assembler is RUNNING", "The assembler is NOT_RUNNING")
                        .doesNotContain("ERROR");
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void whatIsWrongWithItsUseIsSaidAndEndsIt() throws Exception {
        assertThat(start().waitFor()).isEqualTo(2);
        assertThat(said()).contains("Missing required", "Usage: assemble");

        assertThat(start(directory.resolve("nowhere.properties").toString()).waitFor())
                .isEqualTo(1);
        assertThat(said()).contains("there is no file", "nowhere.properties").doesNotContain("\tat ");

        assertThat(start(write(List.of("topic.prefix=asterisk"))).waitFor()).isEqualTo(1);
        assertThat(said()).contains("bootstrap.servers").doesNotContain("\tat ");

        assertThat(start(write(List.of("bootstrap.servers=127.0.0.1:1", "ship.complete.after.ms=soon")))
                        .waitFor())
                .isEqualTo(1);
        assertThat(said()).contains("ship.complete.after.ms", "soon").doesNotContain("\tat ");
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-jar", jar()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile())
                .start();
    }

    private static String jar() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target", "assembler"))) {
            return files.filter(file -> file.toString().endsWith("-runnable.jar"))
                    .findFirst()
                    .orElseThrow()
                    .toString();
        }
    }

    private String said() throws IOException {
        return Files.readString(directory.resolve("said"));
    }

    private String write(List<String> settings) throws IOException {
        return Files.write(directory.resolve("assembler.properties"), settings).toString();
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static void write(EmbeddedBroker broker, Topics topics) throws Exception {
        List<Row> rows =
                CorpusRows.calls(Corpus.PBX_20, "pbx-east").values().iterator().next();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (Row row : rows) {
                String topic = row instanceof Cdr ? topics.cdr() : topics.cel();
                producer.send(new ProducerRecord<>(topic, "pbx-east".getBytes(UTF_8), TopologyFixture.bytes(row)))
                        .get();
            }
        }
    }
}
