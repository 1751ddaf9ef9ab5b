package com.sipstack.asterisk.assembler.dlq;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sipstack dlq list}. */
@Command(
        name = "list",
        description =
                "Counts letters by stage, PBX and reason: those that nothing was done with, the most frequent first.",
        mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
    private static final String ROW = "%8s  %-20s  %-20s  %-9s  %-16s  %s%n";

    @Spec
    private CommandSpec command;

    @Mixin
    private Cluster cluster;

    @Mixin
    private Selection selection;

    @Option(names = "--all", description = "Letters that were replayed or dropped, too.")
    private boolean all;

    @Option(names = "--json", description = "As JSON, an array of groups.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Collection<LetterGroup> groups = groups();
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(toJson(groups).toPrettyString());
        } else {
            print(groups, out);
        }
        return 0;
    }

    private List<LetterGroup> groups() throws IOException {
        Map<LetterGroup.Kind, LetterGroup> groups = new HashMap<>();
        try (Consumer<byte[], byte[]> consumer = cluster.consumer("read_committed")) {
            LetterTopic letters = new LetterTopic(cluster.topic(), new TopicScan(consumer));
            letters.forEach(letter -> {
                if (selection.matches(letter) && (all || letters.marks().isOpen(letter.place()))) {
                    groups.computeIfAbsent(LetterGroup.Kind.of(letter), LetterGroup::new)
                            .add(letter.time());
                }
            });
        }
        return groups.values().stream().sorted(LetterGroup.MOST_FREQUENT_FIRST).toList();
    }

    private static void print(Collection<LetterGroup> groups, PrintWriter out) {
        if (groups.isEmpty()) {
            out.println("No letters");
            return;
        }
        out.printf(ROW, "LETTERS", "OLDEST", "NEWEST", "STAGE", "PBX", "REASON");
        for (LetterGroup group : groups) {
            out.printf(
                    ROW,
                    group.count(),
                    group.oldest().truncatedTo(ChronoUnit.SECONDS),
                    group.newest().truncatedTo(ChronoUnit.SECONDS),
                    TerminalText.of(group.kind().stage()),
                    TerminalText.of(group.kind().pbx()),
                    TerminalText.of(group.kind().reason()));
        }
    }

    private static ArrayNode toJson(Collection<LetterGroup> groups) {
        ArrayNode array = new ObjectMapper().createArrayNode();
        for (LetterGroup group : groups) {
            array.addObject()
                    .put("stage", group.kind().stage())
                    .put("pbx", group.kind().pbx())
                    .put("reason", group.kind().reason())
                    .put("letters", group.count())
                    .put("oldest", group.oldest().toString())
                    .put("newest", group.newest().toString());
        }
        return array;
    }
}
