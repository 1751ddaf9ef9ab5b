package com.sipstack.asterisk.allinone.migrate;

import com.sipstack.asterisk.allinone.EnvFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sipstack migrate}: from one PBX's {@code .env} to a cluster. */
@Command(
        name = "migrate",
        description = {
            "Prints the connectors and the assembler's settings that do in a Kafka Connect cluster what an earlier connector's .env did,",
            "and names each line of it that was not carried over, and why. Prints no secret."
        },
        mixinStandardHelpOptions = true)
public final class MigrateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "ENV_FILE", description = "The earlier connector's settings.")
    private Path envFile;

    @Mixin
    private SiteOptions site;

    @Mixin
    private StartOptions start;

    @Option(
            names = "--out",
            paramLabel = "DIRECTORY",
            description = "Writes files, too: <connector>.json and assembler.properties. None is written over.")
    private Path out;

    @Option(
            names = "--with-secrets",
            description = "With --out: writes secrets.properties as well, which nobody but its owner can read.")
    private boolean withSecrets;

    @Override
    public Integer call() throws Exception {
        if (withSecrets && out == null) {
            throw new ParameterException(command.commandLine(), "--with-secrets needs --out");
        }
        Map<String, String> variables = EnvFile.read(envFile);
        Site place = site.site(start.start(Incumbent.of(variables), Instant.now()));
        Migration migration = Migration.of(variables, place);
        Map<String, String> files = MigrationFiles.of(migration);
        if (out != null) {
            write(migration, files);
        }
        PrintWriter text = command.commandLine().getOut();
        files.forEach((name, content) -> text.print("# " + name + "\n" + content + "\n"));
        text.println("# This was " + migration.incumbent().title() + "'s " + envFile.getFileName());
        print(
                "Not carried over",
                LeftOut.of(variables, place).stream()
                        .map(line -> line.variable() + ": " + line.reason())
                        .toList());
        print("To do", Advice.of(migration, variables, place));
        return 0;
    }

    private void print(String title, List<String> lines) {
        PrintWriter text = command.commandLine().getOut();
        text.println("# " + title + (lines.isEmpty() ? ": nothing" : ":"));
        lines.forEach(line -> text.println("# - " + line));
    }

    private void write(Migration migration, Map<String, String> files) throws IOException {
        for (String name : files.keySet()) {
            requireAbsent(name);
        }
        if (withSecrets) {
            requireAbsent(MigrationFiles.SECRETS);
        }
        MigrationFiles.write(out, files);
        if (withSecrets) {
            MigrationFiles.writeSecrets(out, migration.secrets());
        }
    }

    /** Before anything is written: half of an old migration and half of a new one would be neither. */
    private void requireAbsent(String name) {
        if (Files.exists(out.resolve(name))) {
            throw new ParameterException(
                    command.commandLine(), "--out: " + out.resolve(name) + " is there already and is not written over");
        }
    }

    /** What the {@code .env} does not tell. */
    private static final class SiteOptions {
        @Option(
                names = "--bootstrap-servers",
                paramLabel = "HOST:PORT",
                defaultValue = "kafka:9092",
                description = "The cluster's brokers. Default: ${DEFAULT-VALUE}")
        private String bootstrapServers;

        @Option(
                names = "--state-directory",
                paramLabel = "DIRECTORY",
                defaultValue = "/var/lib/sipstack",
                description =
                        "On workers and the assembler's machine, for what they remember. Default: ${DEFAULT-VALUE}")
        private Path stateDirectory;

        @Option(
                names = "--secrets-file",
                paramLabel = "FILE",
                defaultValue = "/etc/sipstack/secrets.properties",
                description = "On the workers, to which the connectors refer. Default: ${DEFAULT-VALUE}")
        private Path secretsFile;

        @Option(names = "--pbx", paramLabel = "NAME", description = "The PBX's name in Kafka. Default: as in the file.")
        private Optional<String> pbx = Optional.empty();

        private Site site(Start start) {
            return new Site(bootstrapServers, stateDirectory.toString(), secretsFile.toString(), pbx, start);
        }
    }
}
