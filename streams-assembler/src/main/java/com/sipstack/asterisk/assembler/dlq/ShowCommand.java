package com.sipstack.asterisk.assembler.dlq;

import com.sipstack.asterisk.model.DeadLetter;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sipstack dlq show}. */
@Command(
        name = "show",
        description = "Shows letters in full: where they come from, why they are here, and what is in them.",
        mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private Cluster cluster;

    @Mixin
    private Selection selection;

    @Option(
            names = "--limit",
            paramLabel = "NUMBER",
            defaultValue = "10",
            description = "The most letters that are shown. Default: ${DEFAULT-VALUE}")
    private int limit;

    private int matching;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = command.commandLine().getOut();
        try (Consumer<byte[], byte[]> consumer = cluster.consumer("read_committed")) {
            LetterTopic letters = new LetterTopic(cluster.topic(), new TopicScan(consumer));
            letters.forEach(letter -> {
                if (selection.matches(letter) && ++matching <= limit) {
                    print(letter, letters.marks(), out);
                }
            });
        }
        out.println(matching > limit ? limit + " of " + matching + " letters" : matching + " letters");
        return 0;
    }

    private static void print(StoredLetter letter, Marks marks, PrintWriter out) {
        DeadLetter envelope = letter.envelope();
        line(out, "letter", letter.place() + ", " + letter.time() + ", " + marks.stateOf(letter.place()));
        line(out, "stage", letter.stage());
        line(out, "pbx", letter.pbx());
        line(out, "reason", letter.reason());
        if (envelope.topic() != null) {
            line(out, "from", envelope.topic() + " " + envelope.partition() + ":" + envelope.offset());
        }
        if (envelope.origin() != null) {
            line(out, "origin", envelope.origin() + ", position " + envelope.position());
        }
        letter.headers().forEach((name, value) -> {
            if (!envelope.toHeaders().containsKey(name)) {
                line(out, name.startsWith(DeadLetter.HEADER_PREFIX) ? ours(name) : name, TerminalText.of(value));
            }
        });
        line(out, "key", letter.keyText());
        line(out, "value", letter.value() == null ? "none" : TerminalText.of(letter.value()));
        out.println();
    }

    private static String ours(String header) {
        return header.substring(DeadLetter.HEADER_PREFIX.length()).replace('.', ' ');
    }

    private static void line(PrintWriter out, String name, String text) {
        out.printf("%-16s %s%n", TerminalText.of(name), TerminalText.of(text));
    }
}
