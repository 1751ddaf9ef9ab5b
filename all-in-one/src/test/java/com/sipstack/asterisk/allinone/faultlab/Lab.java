package com.sipstack.asterisk.allinone.faultlab;

import com.sipstack.asterisk.allinone.ConnectorGuard;
import com.sipstack.asterisk.allinone.Deployment;
import com.sipstack.asterisk.allinone.EnvSettings;
import com.sipstack.asterisk.allinone.Sipstack;
import com.sipstack.asterisk.embedded.ConnectRest;
import com.sipstack.asterisk.embedded.FreePort;
import com.sipstack.asterisk.model.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;

/** Every part of a cluster in a process of its own: PBX and database, cable, broker, worker and assembler, cable, API. */
final class Lab implements AutoCloseable {
    static final String PBX = "pbx-lab";
    static final String HOST = "127.0.0.1";

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final long LOOK_MS = 500;

    private final Path directory;
    private final LabDisk disk;
    private final LabDatabase database;
    private final LabPbx pbx;
    private final LabApi api;
    private final Cable toDatabase;
    private final Cable toApi;
    private final LabPart broker;
    private final LabPart worker;
    private final LabPart assembler;
    private final String bootstrapServers;
    private final int restPort;
    private final Deployment deployment;
    private final Path assemblerSettings;
    private final ScheduledExecutorService manager = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> looking;
    private ConnectorGuard guard;

    /** Starts all parts side by side. {@link #deploy()} has calls go through them. */
    Lab(Path directory, long seed) throws Exception {
        this.directory = directory;
        disk = new LabDisk(directory.resolve("disk"));
        int brokerPort = FreePort.any();
        bootstrapServers = HOST + ":" + brokerPort;
        broker = part(
                "broker", LabBroker.class, disk.folder().resolve("kafka").toString(), Integer.toString(brokerPort));
        restPort = FreePort.any();
        worker = part("worker", LabWorker.class, bootstrapServers, Integer.toString(restPort));
        database = LabDatabase.start(directory.resolve("database.log"));
        api = new LabApi(directory);
        toDatabase = new Cable(database.server().port());
        toApi = new Cable(api.port());
        deployment = Deployment.of(new EnvSettings(env()));
        assemblerSettings = writeAssemblerSettings();
        assembler = part("assembler", Sipstack.class, "assemble", "--config", assemblerSettings.toString());
        pbx = new LabPbx(database.server(), seed);
        looking = manager.scheduleWithFixedDelay(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    private LabPart part(String name, Class<?> main, String... arguments) throws IOException {
        return new LabPart(name, LabProcess.start(main, List.of(arguments), directory.resolve(name + ".log")));
    }

    /** Puts the connectors in place and has the PBX begin. */
    void deploy() throws Exception {
        ConnectRest rest = new ConnectRest(URI.create("http://" + HOST + ":" + restPort));
        rest.awaitReady(START_LIMIT);
        awaitTopics();
        put(rest, Deployment.SINK, deployment.sink(), "api.");
        put(rest, Deployment.SOURCE, deployment.source(), "database.");
        guard = ConnectorGuard.start(rest, List.of(Deployment.SINK, Deployment.SOURCE));
        pbx.start();
    }

    /** The assembler creates them: a sink that came first would create one as it likes. */
    private void awaitTopics() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Awaitility.await("topics").atMost(START_LIMIT).until(() -> {
                Set<String> topics = admin.listTopics().names().get();
                return topics.containsAll(new Topics(Topics.DEFAULT_PREFIX)
                        .specs().stream().map(Topics.Spec::name).toList());
            });
        }
    }

    private void put(ConnectRest rest, String name, Map<String, String> config, String secrets) throws Exception {
        Map<String, String> complete = new HashMap<>(config);
        deployment.secrets().forEach((setting, value) -> {
            if (setting.startsWith(secrets)) {
                complete.put(setting, value);
            }
        });
        ConnectRest.Answer answer = rest.put(name, complete);
        if (!answer.isSuccess()) {
            throw new IllegalStateException(name + " is refused: " + answer.body());
        }
    }

    private Map<String, String> env() {
        return Map.ofEntries(
                Map.entry("API_KEY", "sk_0123456789abcdef0123456789abcdef"),
                Map.entry("API_URL", "https://" + HOST + ":" + toApi.port() + "/v1"),
                Map.entry("API_CA_FILE", api.certificate().toString()),
                Map.entry("API_TIMEOUT", "5"),
                Map.entry("PBX", PBX),
                Map.entry("CUSTOMER_ID", "1"),
                Map.entry("COUNTRY", "CA"),
                Map.entry("MONITORING_ENABLED", "false"),
                Map.entry("RECORDING_PATHS", "none"),
                Map.entry("TIMEZONE", "America/Toronto"),
                Map.entry("DB_TYPE", "mysql"),
                Map.entry("DB_HOST", HOST),
                Map.entry("DB_PORT", Integer.toString(toDatabase.port())),
                Map.entry("DB_NAME", "asterisk"),
                Map.entry("DB_USER", database.server().user()),
                Map.entry("DB_PASSWORD", database.server().password()),
                Map.entry("START_FROM", "earliest"),
                Map.entry("SHIP_INCOMPLETE_AFTER", "1"),
                Map.entry("SHIP_COMPLETE_AFTER", "1"));
    }

    private Path writeAssemblerSettings() throws IOException {
        Properties settings = new Properties();
        settings.putAll(deployment.assembler());
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("state.dir", directory.resolve("state").toString());
        settings.put("group.instance.id", "lab");
        Path file = directory.resolve("assembler.properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            settings.store(out, null);
        }
        return file;
    }

    private void look() {
        try {
            for (LabPart part : List.of(broker, worker, assembler)) {
                part.look();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a part cannot be started again", e);
        }
    }

    LabPart broker() {
        return broker;
    }

    LabPart worker() {
        return worker;
    }

    LabPart assembler() {
        return assembler;
    }

    LabDatabase database() {
        return database;
    }

    LabPbx pbx() {
        return pbx;
    }

    LabApi api() {
        return api;
    }

    LabDisk disk() {
        return disk;
    }

    Cable toDatabase() {
        return toDatabase;
    }

    Cable toApi() {
        return toApi;
    }

    Path directory() {
        return directory;
    }

    Path assemblerSettings() {
        return assemblerSettings;
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /** Which parts gave up by themselves, for a person. */
    String ends() {
        return broker.ends() + ", " + worker.ends() + ", " + assembler.ends();
    }

    @Override
    public void close() throws IOException {
        looking.cancel(false);
        manager.shutdownNow();
        if (guard != null) {
            guard.close();
        }
        List.of(worker, assembler, broker).forEach(LabPart::close);
        toDatabase.close();
        toApi.close();
        database.close();
        api.close();
        disk.close();
    }
}
