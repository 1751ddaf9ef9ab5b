package com.sipstack.asterisk.assembler;

import java.nio.file.Path;
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
        try (Assembler assembler = Assembler.start(new AssemblerConfig(PropertiesFile.read(config)))) {
            Runtime.getRuntime().addShutdownHook(new Thread(assembler::close, "stop"));
            boolean gaveUp = assembler.awaitEnd();
            return gaveUp ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
        }
    }
}
