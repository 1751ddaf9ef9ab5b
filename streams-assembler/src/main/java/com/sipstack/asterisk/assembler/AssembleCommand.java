package com.sipstack.asterisk.assembler;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The assembler as a process of its own, in a cluster that is there already. Runs until it is told to stop. */
@Command(
        name = "assemble",
        description = "Assembles calls in a Kafka cluster, until it is told to stop.",
        mixinStandardHelpOptions = true)
public final class AssembleCommand implements Callable<Integer> {
    private static final String LOGGING = "log4j2.configurationFile";

    @ArgGroup(multiplicity = "1")
    private ConfigFile config;

    @Spec
    private CommandSpec spec;

    /** The file, with the option's name or without it. */
    private static final class ConfigFile {
        @Option(
                names = "--config",
                paramLabel = "FILE",
                description = "Properties: bootstrap.servers, our settings, and any of Kafka Streams and its clients.")
        private Path named;

        @Parameters(paramLabel = "FILE", description = "The same.")
        private Path alone;

        Path path() {
            return named == null ? alone : named;
        }
    }

    /** The jar's own program: {@code java -jar … assembler.properties}. */
    public static void main(String[] args) {
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "assembler-log4j2.properties");
        }
        System.exit(new CommandLine(new AssembleCommand()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        ClockWatch.start();
        try (Assembler assembler = Assembler.start(new AssemblerConfig(PropertiesFile.read(config.path())))) {
            Runtime.getRuntime().addShutdownHook(new Thread(assembler::close, "stop"));
            if (assembler.awaitEnd()) {
                return fail("The assembler gave up; its log says why");
            }
            return CommandLine.ExitCode.OK;
        } catch (NoSuchFileException e) {
            return fail("The assembler cannot start: there is no file " + e.getFile());
        } catch (ExecutionException e) {
            return fail("The assembler cannot start: " + e.getCause());
        } catch (IOException | KafkaException | IllegalStateException | IllegalArgumentException e) {
            return fail("The assembler cannot start: " + e.getMessage()
                    + (e.getCause() == null ? "" : ": " + e.getCause()));
        }
    }

    private int fail(String message) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(message);
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }
}
