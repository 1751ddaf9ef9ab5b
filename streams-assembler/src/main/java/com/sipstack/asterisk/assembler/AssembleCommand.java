package com.sipstack.asterisk.assembler;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The assembler as a process of its own, in a cluster that is there already. Runs until it is told to stop. */
@Command(
        name = "assemble",
        description = "Assembles calls in a Kafka cluster, until it is told to stop.",
        mixinStandardHelpOptions = true)
public final class AssembleCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "Properties: bootstrap.servers, our settings, and any of Kafka Streams and its clients.")
    private Path config;

    public static void main(String[] args) {
        System.exit(new CommandLine(new AssembleCommand()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        try (Assembler assembler = Assembler.start(new AssemblerConfig(settings()))) {
            Runtime.getRuntime().addShutdownHook(new Thread(assembler::close, "stop"));
            boolean gaveUp = assembler.awaitEnd();
            return gaveUp ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
        }
    }

    private Map<String, Object> settings() throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(config, StandardCharsets.UTF_8)) {
            properties.load(in);
        }
        Map<String, Object> settings = new HashMap<>();
        properties.forEach(
                (name, value) -> settings.put(name.toString(), value.toString().strip()));
        return settings;
    }
}
