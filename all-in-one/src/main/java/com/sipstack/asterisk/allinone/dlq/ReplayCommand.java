package com.sipstack.asterisk.allinone.dlq;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sipstack dlq replay}. */
@Command(
        name = "replay",
        description = {
            "Writes letters back to the topics that they came from, in their order.",
            "Left out, and counted: documents whose call has a later revision, and letters that were replayed or dropped before."
        },
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private Cluster cluster;

    @Mixin
    private Selection selection;

    @Option(names = "--all", description = "All letters, where no option says which.")
    private boolean all;

    @Option(names = "--again", description = "Letters that were replayed before, once more.")
    private boolean again;

    @Option(names = "--dry-run", description = "Writes nothing; counts what would be.")
    private boolean dryRun;

    @Override
    public Integer call() throws IOException, ExecutionException, InterruptedException {
        selection.requireNarrowedOr(all);
        String summary = dryRun ? count() : replay();
        command.commandLine().getOut().println(summary);
        return 0;
    }

    private String count() throws IOException, ExecutionException, InterruptedException {
        try (Consumer<byte[], byte[]> letters = cluster.consumer("read_committed");
                Consumer<byte[], byte[]> calls = cluster.consumer("read_uncommitted")) {
            return replayer(letters, calls).count(selection::matches).summary("would be replayed");
        }
    }

    /** Another replay that is still under way ends here, so that what it did is read as it stays. */
    private String replay() throws IOException, ExecutionException, InterruptedException {
        try (Transactions transactions = new Transactions(cluster.producer());
                Consumer<byte[], byte[]> letters = cluster.consumer("read_committed");
                Consumer<byte[], byte[]> calls = cluster.consumer("read_uncommitted")) {
            return replayer(letters, calls)
                    .replay(selection::matches, transactions)
                    .summary("replayed, acknowledged by the broker");
        }
    }

    private Replayer replayer(Consumer<byte[], byte[]> letters, Consumer<byte[], byte[]> calls)
            throws IOException, ExecutionException, InterruptedException {
        return new Replayer(
                new LetterTopic(cluster.topic(), new TopicScan(letters)),
                new ReplayOrder(topics()),
                new Revisions(new TopicScan(calls)),
                again);
    }

    private Set<String> topics() throws IOException, ExecutionException, InterruptedException {
        try (Admin admin = cluster.admin()) {
            return admin.listTopics().names().get();
        }
    }
}
