package com.sipstack.asterisk.allinone;

import com.sipstack.asterisk.assembler.ClockWatch;
import com.sipstack.asterisk.model.ProductVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sipstack run}: one PBX, one process. */
@Command(
        name = "run",
        description = "Reads what one PBX says of its calls and ships them until it is told to stop.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description =
                    "Settings, as the incumbents' .env files have them. Default: .env if there is one, else the environment.")
    private Path envFile;

    @Option(
            names = "--data",
            paramLabel = "DIRECTORY",
            defaultValue = "data",
            description = "Where everything is kept between runs. Default: ${DEFAULT-VALUE}")
    private Path data;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "19092",
            description = "Loopback port of the broker; 0: any. Default: ${DEFAULT-VALUE}")
    private int kafkaPort;

    @Option(
            names = "--connect-port",
            paramLabel = "PORT",
            defaultValue = "8083",
            description = "Loopback port of the worker's REST API; 0: any. Default: ${DEFAULT-VALUE}")
    private int connectPort;

    @Override
    public Integer call() throws Exception {
        EnvSettings env = new EnvSettings(named(variables(), data));
        env.text("LOG_LEVEL").ifPresent(level -> Configurator.setLevel("com.sipstack", level(level)));
        Deployment deployment = deployment(env);
        try (DataDirectory directory = DataDirectory.open(data)) {
            directory.rememberPbx(deployment.pbx());
            System.out.println("SIPSTACK Connect for Asterisk " + ProductVersion.CURRENT + " is starting");
            ClockWatch.start();
            return run(deployment, directory);
        }
    }

    /** A machine's name that is the PBX's stays so: a container has another one each time, and a new PBX is read from now on. */
    static Map<String, String> named(Map<String, String> variables, Path data) throws SettingsException {
        EnvSettings given = new EnvSettings(variables);
        Optional<String> name = given.text("PBX").or(() -> given.text("HOST_HOSTNAME"));
        if (name.isPresent()) {
            return variables;
        }
        Map<String, String> named = new HashMap<>(variables);
        DataDirectory.lastPbx(data).ifPresent(last -> named.put("PBX", last));
        return named;
    }

    /** What has no effect is said even where it does not start: a name with a typing error is often why. */
    private static Deployment deployment(EnvSettings env) throws SettingsException {
        try {
            return Deployment.of(env);
        } finally {
            env.misspelt().forEach(line -> System.err.println("sipstack: " + line));
            env.withoutEffect().forEach(line -> System.err.println("sipstack: " + line));
        }
    }

    /** The incumbents have Python's names. */
    static Level level(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "WARNING" -> Level.WARN;
            case "CRITICAL" -> Level.FATAL;
            default -> Level.toLevel(name, Level.INFO);
        };
    }

    private Integer run(Deployment deployment, DataDirectory directory) throws Exception {
        try (Instance instance =
                Instance.start(deployment, directory, Sipstack.plugins(), new Instance.Ports(kafkaPort, connectPort))) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(instance), "stop"));
            System.out.printf(
                    "Running: PBX %s from %s to %s. Connect's REST API: %s. Stop with Ctrl-C.%n",
                    deployment.pbx(),
                    deployment.origin(),
                    deployment
                            .sink()
                            .getOrDefault(
                                    "api.url", "region " + deployment.sink().get("api.region")),
                    instance.restUrl());
            instance.console()
                    .ifPresent(page -> System.out.printf("See the calls: the console is on port %d%n", page.getPort()));
            boolean gaveUp = instance.awaitEnd();
            return gaveUp ? Sipstack.FAILED : 0;
        }
    }

    /** On the thread of the shutdown: the process ends when this returns. */
    private static void stop(Instance instance) {
        System.out.println("Stopping");
        instance.close();
        System.out.println("Stopped");
    }

    private Map<String, String> variables() throws SettingsException {
        if (envFile != null) {
            return ApiProxy.inherited(EnvFile.read(envFile), System.getenv());
        }
        Path usual = Path.of(".env");
        return Files.exists(usual) ? ApiProxy.inherited(EnvFile.read(usual), System.getenv()) : System.getenv();
    }
}
