package com.sipstack.asterisk.assembler.dlq;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sipstack dlq drop}. */
@Command(
        name = "drop",
        description = {
            "Marks letters as dropped: they are neither listed nor replayed any more.",
            "They stay in the topic until its retention takes them, or --erase does."
        },
        mixinStandardHelpOptions = true)
final class DropCommand implements Callable<Integer> {
    private static final int MOST_AT_ONCE = 1_000;

    @Spec
    private CommandSpec command;

    @Mixin
    private Cluster cluster;

    @Mixin
    private Selection selection;

    @Option(names = "--all", description = "All letters, where no option says which.")
    private boolean all;

    @Option(names = "--dry-run", description = "Writes nothing; counts what would be dropped.")
    private boolean dryRun;

    @Option(
            names = "--erase",
            description =
                    "Then deletes from the brokers all letters before the first that is still open, of each partition.")
    private boolean erase;

    @Override
    public Integer call() throws IOException, ExecutionException, InterruptedException {
        selection.requireNarrowedOr(all);
        PrintWriter out = command.commandLine().getOut();
        if (dryRun) {
            out.println(places().size() + " letters would be dropped");
            return 0;
        }
        out.println(drop() + " letters dropped, acknowledged by the broker");
        if (erase) {
            out.println(erased() + " letters erased; dropped ones behind an open one go with the topic's retention");
        }
        return 0;
    }

    private int drop() throws IOException {
        try (Transactions transactions = new Transactions(cluster.producer())) {
            List<LetterPlace> places = places();
            for (int first = 0; first < places.size(); first += MOST_AT_ONCE) {
                List<ProducerRecord<byte[], byte[]>> marks =
                        places.subList(first, Math.min(first + MOST_AT_ONCE, places.size())).stream()
                                .map(place -> Mark.DROPPED.on(cluster.topic(), place))
                                .toList();
                transactions.write(marks);
                transactions.commit();
            }
            return places.size();
        }
    }

    /** Of the letters that are selected and not dropped yet. */
    private List<LetterPlace> places() throws IOException {
        List<LetterPlace> places = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = cluster.consumer("read_committed")) {
            LetterTopic letters = new LetterTopic(cluster.topic(), new TopicScan(consumer));
            letters.forEach(letter -> {
                if (selection.matches(letter) && !letters.marks().has(Mark.DROPPED, letter.place())) {
                    places.add(letter.place());
                }
            });
        }
        return places;
    }

    private long erased() throws IOException, ExecutionException, InterruptedException {
        // A commit is acknowledged before all can read it; the next producer's beginning waits for that
        cluster.producer().close();
        try (Consumer<byte[], byte[]> consumer = cluster.consumer("read_committed");
                Admin admin = cluster.admin()) {
            return new Eraser(admin).erase(new LetterTopic(cluster.topic(), new TopicScan(consumer)));
        }
    }
}
