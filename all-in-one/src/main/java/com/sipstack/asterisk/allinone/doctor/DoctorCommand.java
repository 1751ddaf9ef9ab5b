package com.sipstack.asterisk.allinone.doctor;

import com.sipstack.asterisk.allinone.EnvTargets;
import com.sipstack.asterisk.allinone.SettingsException;
import com.sipstack.asterisk.model.ProductVersion;
import com.sipstack.asterisk.model.Topics;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sipstack doctor}. Exit codes: 0 in order, 1 warnings, 2 errors. */
@Command(
        name = "doctor",
        description = {
            "Looks at everything a call passes on its way, from Asterisk to SIPSTACK, and says what to do about what is wrong.",
            "What the .env and the options name is looked at, and nothing is changed."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:in order", "1:warnings", "2:errors, or wrong options"})
public final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private DoctorOptions options;

    @Option(names = "--json", description = "As JSON, an object with an array of findings.")
    private boolean json;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long each check may take; they run side by side. Default: ${DEFAULT-VALUE}")
    private int timeout;

    private final Clock clock;

    DoctorCommand(Clock clock) {
        this.clock = clock;
    }

    public DoctorCommand() {
        this(Clock.systemUTC());
    }

    @Override
    public Integer call() throws Exception {
        // What clients say of their troubles is found and said here
        List.of("org.apache.kafka", "org.mariadb", "org.postgresql")
                .forEach(logger -> Configurator.setLevel(logger, Level.OFF));
        Report report = new Report(new Checkup(Duration.ofSeconds(timeout), options.secrets()).run(checks()));
        print(report, command.commandLine().getOut());
        return report.exitCode();
    }

    private void print(Report report, PrintWriter out) {
        if (json) {
            out.println(report.toJson().toPrettyString());
        } else {
            out.println("SIPSTACK Connect for Asterisk " + ProductVersion.CURRENT);
            report.print(out, Ansi.AUTO.enabled());
        }
        out.flush();
    }

    private List<Check> checks() throws SettingsException {
        EnvTargets env = options.env();
        List<Check> checks = new ArrayList<>();
        List<String> withDollar = options.namesWithDollar();
        options.settings().ifPresent(settings -> checks.add(new SettingsCheck(settings, options.origin(), withDollar)));
        env.manager().ifPresent(manager -> checks.add(new AsteriskCheck(manager)));
        env.tables().ifPresent(tables -> checks.add(new DatabaseCheck(tables, clock)));
        if (!env.files().isEmpty()) {
            checks.add(new CsvCheck(env.files(), env.timezone(), clock));
        }
        env.recordings().ifPresent(recordings -> checks.add(new RecordingsCheck(recordings)));
        options.kafka()
                .ifPresent(client -> checks.add(new KafkaCheck(client, new Topics(options.topicPrefix()), clock)));
        options.workers().ifPresent(workers -> checks.add(new ConnectCheck(workers)));
        options.assemblers().forEach(assembler -> checks.add(new AssemblerCheck(assembler)));
        env.service().ifPresent(service -> checks.add(new SipstackCheck(service, clock)));
        return checks;
    }
}
