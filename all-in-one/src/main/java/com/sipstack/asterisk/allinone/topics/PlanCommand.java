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
            description = {
                "text; kafka: commands of Kafka's own that put it right; strimzi: all topics and users, differing or not, as",
                "resources for Strimzi's operators. Default: text"
            })
    private Output output;

    @Option(
            names = "--strimzi-cluster",
            paramLabel = "NAME",
            defaultValue = "carrier",
            description = "Of strimzi: the Kafka resource's name. Default: ${DEFAULT-VALUE}")
    private String strimziCluster;

    /** How findings are printed. */
    private enum Output {
        TEXT,
        KAFKA,
        STRIMZI;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() throws Exception {
        Prescription prescription = options.prescription();
        try (Admin admin = cluster.admin()) {
            Planner planner = new Planner(prescription, Survey.of(admin, prescription));
            List<Finding> findings = planner.findings();
            if (output == Output.STRIMZI) {
                StrimziResources resources = new StrimziResources(strimziCluster);
                command.commandLine()
                        .getOut()
                        .print(StrimziResources.yaml(resources.of(prescription, planner.partitions())));
                command.commandLine().getOut().flush();
            } else {
                print(findings);
            }
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
