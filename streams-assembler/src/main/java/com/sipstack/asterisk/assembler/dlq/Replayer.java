package com.sipstack.asterisk.assembler.dlq;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sipstack.asterisk.model.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes letters back to the topics that their records stood in, in their order. A record and the mark that remembers it are one
 * transaction, which is committed only if no later revision of a call came in between: nobody ever reads a revision after a later one.
 * For one thread.
 */
final class Replayer {
    private static final String OF_CONNECT = "__connect.errors.";
    private static final int MOST_LETTERS = 500;
    private static final int MOST_BYTES = 4 * 1024 * 1024;
    private static final int MOST_ATTEMPTS = 10;

    private final LetterTopic letters;
    private final ReplayOrder order;
    private final Revisions revisions;
    private final boolean again;
    private final ReplayTally tally = new ReplayTally();
    private List<StoredLetter> chunk = new ArrayList<>();
    private int chunkBytes;

    /** @param again whether letters that were replayed before are replayed once more */
    Replayer(LetterTopic letters, ReplayOrder order, Revisions revisions, boolean again) {
        this.letters = letters;
        this.order = order;
        this.revisions = revisions;
        this.again = again;
    }

    /** Counts what {@link #replay} would do. */
    ReplayTally count(Predicate<StoredLetter> selected) {
        watch(selected);
        letters.forEach(letter -> {
            if (selected.test(letter) && isReplayable(letter)) {
                tally.add(revisions.supersede(letter) ? ReplayTally.Fate.SUPERSEDED : ReplayTally.Fate.REPLAYED);
            }
        });
        return tally;
    }

    ReplayTally replay(Predicate<StoredLetter> selected, Transactions transactions) {
        watch(selected);
        letters.forEach(letter -> {
            if (selected.test(letter) && isReplayable(letter)) {
                collect(letter, transactions);
            }
        });
        ship(transactions);
        return tally;
    }

    private void watch(Predicate<StoredLetter> selected) {
        letters.forEach(letter -> {
            if (selected.test(letter)
                    && isOpen(letter)
                    && order.obstacle(letter).isEmpty()) {
                revisions.watch(letter);
            }
        });
        revisions.readOn();
    }

    private boolean isOpen(StoredLetter letter) {
        Marks marks = letters.marks();
        return marks.isOpen(letter.place()) || (again && !marks.has(Mark.DROPPED, letter.place()));
    }

    /** Counts a letter that is not. */
    private boolean isReplayable(StoredLetter letter) {
        if (!isOpen(letter)) {
            tally.add(ReplayTally.Fate.SETTLED_BEFORE);
            return false;
        }
        order.obstacle(letter).ifPresent(tally::addObstacle);
        return order.obstacle(letter).isEmpty();
    }

    private void collect(StoredLetter letter, Transactions transactions) {
        if (chunk.size() == MOST_LETTERS || chunkBytes + letter.value().length > MOST_BYTES) {
            ship(transactions);
        }
        chunk.add(letter);
        chunkBytes += letter.value().length;
    }

    private void ship(Transactions transactions) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            leaveOutSuperseded();
            if (chunk.isEmpty() || write(transactions)) {
                tally.add(ReplayTally.Fate.REPLAYED, chunk.size());
                chunk = new ArrayList<>();
                chunkBytes = 0;
                return;
            }
        }
        throw new IllegalStateException("later revisions keep coming in between; " + tally.summary("replayed so far"));
    }

    private void leaveOutSuperseded() {
        List<StoredLetter> left =
                chunk.stream().filter(letter -> !revisions.supersede(letter)).toList();
        tally.add(ReplayTally.Fate.SUPERSEDED, chunk.size() - left.size());
        chunk = new ArrayList<>(left);
    }

    /** Writes the chunk; takes it back and returns false if a later revision came in before it. */
    private boolean write(Transactions transactions) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        chunk.forEach(letter -> records.add(replayed(letter)));
        chunk.forEach(letter -> records.add(Mark.REPLAYED.on(letters.name(), letter.place())));
        transactions.write(records);
        revisions.readOn();
        if (chunk.stream().anyMatch(revisions::supersede)) {
            transactions.abort();
            return false;
        }
        transactions.commit();
        return true;
    }

    /** The record as it stood in its topic. Its time is now, from which on retention and retries count anew. */
    private ProducerRecord<byte[], byte[]> replayed(StoredLetter letter) {
        // A call's documents stay in their partition; other records go where their key belongs
        Integer partition =
                Revisions.of(letter.value()).isPresent() ? letter.envelope().partition() : null;
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(letter.envelope().topic(), partition, letter.key(), letter.value());
        letter.headers().forEach((name, value) -> {
            if (!name.startsWith(DeadLetter.HEADER_PREFIX) && !name.startsWith(OF_CONNECT)) {
                record.headers().add(name, value);
            }
        });
        record.headers().add(DeadLetter.REPLAY_OF, (letters.name() + ' ' + letter.place()).getBytes(UTF_8));
        return record;
    }
}
