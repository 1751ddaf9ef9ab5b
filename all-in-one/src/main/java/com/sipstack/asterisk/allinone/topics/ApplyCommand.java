package com.sipstack.asterisk.allinone.topics;

import com.sipstack.asterisk.allinone.topics.Finding.Obstacle;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sipstack topics apply}. */
@Command(
        name = "apply",
        description = {
            "Creates topics that are missing, sets their settings and adds ACLs, and says what it did.",
            "Takes nothing away and changes no number of partitions. Ends with 0 if all is as it should be then, else with 1."
        },
        mixinStandardHelpOptions = true)
final class ApplyCommand implements Callable<Integer> {
    private static final int LOOKS = 100;
    private static final int LOOK_INTERVAL_MS = 100;

    @Spec
    private CommandSpec command;

    @Mixin
    private Cluster cluster;

    @Mixin
    private PrescriptionOptions options;

    @Override
    public Integer call() throws Exception {
        Prescription prescription = options.prescription();
        try (Admin admin = cluster.admin()) {
            putRight(findings(admin, prescription), new Remedy(admin));
            List<Finding> left = settled(admin, prescription);
            PrintWriter out = command.commandLine().getOut();
            left.forEach(finding -> out.println("left: " + FindingText.of(finding)));
            out.println(left.isEmpty() ? "All is as it should be." : left.size() + " left.");
            return left.isEmpty() ? 0 : 1;
        }
    }

    private void putRight(List<Finding> findings, Remedy remedy) throws Exception {
        PrintWriter out = command.commandLine().getOut();
        for (Finding finding : findings) {
            if (remedy.apply(finding)) {
                out.println("done: " + FindingText.of(finding));
                out.flush();
            }
        }
    }

    /** What is left once the brokers have heard of all that the controller did, which they do a moment after it said so. */
    private static List<Finding> settled(Admin admin, Prescription prescription) throws Exception {
        List<Finding> left = findings(admin, prescription);
        for (int look = 0; look < LOOKS && !left.stream().allMatch(Obstacle.class::isInstance); look++) {
            TimeUnit.MILLISECONDS.sleep(LOOK_INTERVAL_MS);
            left = findings(admin, prescription);
        }
        return left;
    }

    private static List<Finding> findings(Admin admin, Prescription prescription)
            throws InterruptedException, ExecutionException {
        return new Planner(prescription, Survey.of(admin, prescription)).findings();
    }
}
