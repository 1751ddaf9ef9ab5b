package com.sipstack.asterisk.allinone.forget;

import com.sipstack.asterisk.assembler.AssemblerConfig;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.connect.storage.Converter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sipstack forget}. */
@Command(
        name = "forget",
        description = {
            "Erases calls, or all calls of a number, from what is stored in Kafka and by the assembler.",
            "Without --yes it only counts, and says until when what cannot be erased lives on.",
            "Ends with 1 if something was to be erased and was not."
        },
        mixinStandardHelpOptions = true)
public final class ForgetCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private ForgetCluster cluster;

    @Mixin
    private SubjectOptions options;

    @Option(names = "--yes", description = "Does it.")
    private boolean yes;

    @Option(
            names = "--truncate",
            description = {
                "With --yes: deletes topics' beginnings too, up to the last record that is to be forgotten, where all readers",
                "have read that far. Other calls' records before it go with it; they were read as well."
            })
    private boolean truncate;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to wait for the assembler. Default: ${DEFAULT-VALUE}")
    private int wait;

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        Subject subject = options.subject();
        AssemblerConfig config = cluster.config();
        Topics topics = config.topics();
        try (Admin admin = ForgetCluster.admin(config);
                Consumer<byte[], byte[]> consumer = ForgetCluster.consumer(config)) {
            Footprint footprint = footprint(consumer, config, subject);
            List<CallKey> calls = subject.calls().toList();
            Lifetimes lifetimes = new Lifetimes(admin, footprint.byTopic().keySet());
            new FootprintText(topics, out()).print(calls, footprint, lifetimes);
            if (!yes) {
                out().println("Nothing was changed; --yes does it.");
                return 0;
            }
            boolean isForgotten = forget(config, calls, consumer);
            return isForgotten && (!truncate || truncated(admin, topics, footprint)) ? 0 : 1;
        }
    }

    private static Footprint footprint(Consumer<byte[], byte[]> consumer, AssemblerConfig config, Subject subject) {
        Topics topics = config.topics();
        Converter converter = config.valueConverter();
        Sweep sweep = new Sweep(
                consumer,
                List.of(
                        topics.cdr(),
                        topics.cel(),
                        topics.recordings(),
                        topics.recordingsReady(),
                        topics.receipts(),
                        topics.calls(),
                        topics.raw(),
                        topics.dlq()));
        sweep.read(record -> subject.learn(new Content(record, converter)));
        subject.close();
        Footprint footprint = new Footprint(topics);
        sweep.read(record -> {
            Content content = new Content(record, converter);
            if (record.value() != null && subject.isIn(content)) {
                footprint.add(record, content);
            }
        });
        return footprint;
    }

    /** Whether the assembler did all that it was told. */
    private boolean forget(AssemblerConfig config, List<CallKey> calls, Consumer<byte[], byte[]> consumer)
            throws InterruptedException, ExecutionException {
        Orders orders = new Orders(config.topics(), consumer);
        try (Producer<byte[], byte[]> producer = ForgetCluster.producer(config)) {
            orders.give(calls, producer);
        }
        Set<String> left = orders.unanswered(calls, Duration.ofSeconds(wait));
        out().println(calls.size() - left.size() + " of " + calls.size() + " calls were forgotten by the assembler.");
        if (!left.isEmpty()) {
            out().println("The orders for the others stand in "
                    + config.topics().cel()
                    + " and are obeyed when the assembler reads them: is it running, and has it read up?");
        }
        return left.isEmpty();
    }

    private boolean truncated(Admin admin, Topics topics, Footprint footprint)
            throws InterruptedException, ExecutionException {
        List<String> left = new ArrayList<>(new Truncation(admin, topics).of(footprint));
        left.forEach(line -> out().println("not deleted: " + line));
        out().println(
                        left.isEmpty()
                                ? "What could be deleted from the topics' beginnings is."
                                : left.size() + " left.");
        return left.isEmpty();
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }
}
