package com.sipstack.asterisk.benchmarks.endtoend;

import com.sipstack.asterisk.benchmarks.LinuxProcess;
import com.sipstack.asterisk.embedded.ConnectRest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code sipstack run} as it is packed, a process of its own, and the REST API of its worker. */
final class AllInOne implements AutoCloseable {
    private static final String SOURCE = "asterisk-database";
    private static final Pattern RUNNING = Pattern.compile("Running: .* REST API: (\\S+)\\. Stop");
    private static final int STOP_SECONDS = 30;

    private final Process process;
    private final ConnectRest rest;

    private AllInOne(Process process, ConnectRest rest) {
        this.process = process;
        this.rest = rest;
    }

    /**
     * Starts it and waits until it runs.
     *
     * @param checkout folder of the project
     * @param javaOptions those that users have if empty
     */
    static AllInOne start(
            Path checkout, Path directory, Optional<String> javaOptions, int kafkaPort, Map<String, String> env)
            throws IOException, InterruptedException {
        Path file = directory.resolve("settings.env");
        Files.writeString(
                file,
                env.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("\n")));
        ProcessBuilder command = new ProcessBuilder(List.of(
                        checkout.resolve("sipstack").toString(),
                        "run",
                        "--env-file",
                        file.toString(),
                        "--kafka-port",
                        Integer.toString(kafkaPort),
                        "--connect-port",
                        "0"))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("sipstack.log").toFile());
        javaOptions.ifPresent(options -> command.environment().put("SIPSTACK_JAVA_OPTS", options));
        Process process = command.start();
        return new AllInOne(process, new ConnectRest(awaitRunning(process, directory.resolve("sipstack.log"))));
    }

    private static URI awaitRunning(Process process, Path log) throws IOException, InterruptedException {
        while (true) {
            boolean hasEnded = !process.isAlive();
            String said = Files.readString(log);
            Matcher running = RUNNING.matcher(said);
            if (running.find()) {
                return URI.create(running.group(1));
            }
            if (hasEnded) {
                throw new IOException("sipstack run ended at once; it said:\n" + said);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Has its source read these PBXs; it was started with the first alone. */
    void read(List<PbxDatabase> pbxs) throws IOException, InterruptedException {
        Map<String, String> config = new HashMap<>();
        rest.send("GET", "/connectors/" + SOURCE + "/config", null)
                .body()
                .properties()
                .forEach(entry -> config.put(entry.getKey(), entry.getValue().asText()));
        config.put("pbxs", pbxs.stream().map(PbxDatabase::pbx).collect(Collectors.joining(",")));
        pbxs.forEach(pbx -> config.put("pbxs." + pbx.pbx() + ".database.url", pbx.jdbcUrl()));
        requireSuccess(rest.put(SOURCE, config));
    }

    void pauseSource() throws IOException, InterruptedException {
        requireSuccess(rest.send("PUT", "/connectors/" + SOURCE + "/pause", null));
        while (!rest.status(SOURCE)
                .body()
                .path("tasks")
                .path(0)
                .path("state")
                .asText()
                .equals("PAUSED")) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    void resumeSource() throws IOException, InterruptedException {
        requireSuccess(rest.send("PUT", "/connectors/" + SOURCE + "/resume", null));
    }

    LinuxProcess linux() {
        return new LinuxProcess(process.pid());
    }

    void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("sipstack run ended with code " + process.exitValue());
        }
    }

    private static void requireSuccess(ConnectRest.Answer answer) {
        if (!answer.isSuccess()) {
            throw new IllegalStateException("the worker refuses: " + answer.body());
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
