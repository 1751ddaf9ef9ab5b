package com.sipstack.asterisk.allinone.topics;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sipstack topics plan}. */
@Command(
        name = "plan",
        description = {
            "Prints what the cluster lacks, and changes nothing.",
            "Ends with 0 if all is as it should be, else with 1."
        },
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private Cluster cluster;

    @Mixin
    private PrescriptionOptions options;

    @Option(
            names = "--output",
            paramLabel = "FORM",
            defaultValue = "TEXT",
            description = "text, or kafka: as commands of Kafka's own that put it right. Default: text")
    private Output output;

    /** How findings are printed. */
    private enum Output {
        TEXT,
        KAFKA;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() throws Exception {
        Prescription prescription = options.prescription();
        try (Admin admin = cluster.admin()) {
            List<Finding> findings = new Planner(prescription, Survey.of(admin, prescription)).findings();
            print(findings);
            return findings.isEmpty() ? 0 : 1;
        }
    }

    private void print(List<Finding> findings) throws Exception {
        PrintWriter out = command.commandLine().getOut();
        Function<Finding, String> line = output == Output.KAFKA ? cluster.commands()::of : FindingText::of;
        findings.stream().map(line).forEach(out::println);
        if (output == Output.TEXT) {
            out.println(
                    findings.isEmpty()
                            ? "All is as it should be."
                            : findings.size() + " differences; sipstack topics apply puts right what is not by hand.");
        }
    }
}
