package com.sipstack.asterisk.assembler.dlq;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
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
        Replay replay = new Replay(cluster, again);
        String summary = dryRun
                ? replay.count(selection::matches).summary("would be replayed")
                : replay.run(selection::matches).summary("replayed, acknowledged by the broker");
        command.commandLine().getOut().println(summary);
        return 0;
    }
}
