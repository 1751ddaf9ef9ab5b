package com.sipstack.asterisk.assembler.dlq;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;

/** Writes letters back to the topics that they came from, or counts those that would be. For one thread. */
public final class Replay {
    private final LetterClients clients;
    private final boolean again;

    /** @param again whether letters that were replayed before are replayed once more */
    public Replay(LetterClients clients, boolean again) {
        this.clients = clients;
        this.again = again;
    }

    /** What {@link #run} would do. */
    public ReplayTally count(Predicate<StoredLetter> selected)
            throws IOException, ExecutionException, InterruptedException {
        try (Consumer<byte[], byte[]> letters = clients.consumer("read_committed");
                Consumer<byte[], byte[]> calls = clients.consumer("read_uncommitted")) {
            return replayer(letters, calls).count(selected);
        }
    }

    /** Another replay that is still under way ends here, so that what it did is read as it stays. */
    public ReplayTally run(Predicate<StoredLetter> selected)
            throws IOException, ExecutionException, InterruptedException {
        try (Transactions transactions = new Transactions(clients.producer());
                Consumer<byte[], byte[]> letters = clients.consumer("read_committed");
                Consumer<byte[], byte[]> calls = clients.consumer("read_uncommitted")) {
            return replayer(letters, calls).replay(selected, transactions);
        }
    }

    private Replayer replayer(Consumer<byte[], byte[]> letters, Consumer<byte[], byte[]> calls)
            throws IOException, ExecutionException, InterruptedException {
        return new Replayer(
                new LetterTopic(clients.topic(), new TopicScan(letters)),
                new ReplayOrder(topics()),
                new Revisions(new TopicScan(calls)),
                again);
    }

    private Set<String> topics() throws IOException, ExecutionException, InterruptedException {
        try (Admin admin = clients.admin()) {
            return admin.listTopics().names().get();
        }
    }
}
