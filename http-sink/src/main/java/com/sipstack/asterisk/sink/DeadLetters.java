package com.sipstack.asterisk.sink;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes to the dead-letter topic. Letters come from any thread; Connect's reporter is for the task's thread alone. */
final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final String LETTERS = "Documents go to the dead-letter topic ({}; documents: {})";

    private final ErrantRecordReporter reporter;
    private final Consumer<Letter> written;
    private final Clock clock;
    private final FaultCounter counter = new FaultCounter();
    private final Queue<Letter> unreported = new ConcurrentLinkedQueue<>();
    private final Queue<Reported> unwritten = new ArrayDeque<>();

    private record Reported(Letter letter, Future<Void> written) {}

    /**
     * @param reporter null if the connector has no dead-letter topic
     * @param written told of a letter that is safe, whose record is handled then
     */
    DeadLetters(ErrantRecordReporter reporter, Consumer<Letter> written, Clock clock) {
        this.reporter = reporter;
        this.written = written;
        this.clock = clock;
    }

    void add(Letter letter) {
        unreported.add(letter);
    }

    /** How many letters are not written yet. For the task's thread. */
    int pending() {
        return unreported.size() + unwritten.size();
    }

    /**
     * Reports what came in and marks as handled what was written. For the task's thread.
     *
     * @throws ConnectException if a letter cannot be written: its record must not be passed over
     */
    void drain() {
        for (Letter letter = unreported.poll(); letter != null; letter = unreported.poll()) {
            report(letter);
        }
        while (!unwritten.isEmpty() && unwritten.peek().written().isDone()) {
            confirm(unwritten.remove());
        }
    }

    private void report(Letter letter) {
        if (!letter.isOwned()) {
            return; // the next owner of the partition will come to the same end
        }
        String summary = letter.failure().summary();
        if (reporter == null) {
            throw new ConnectException("The document at " + letter.place() + " cannot be delivered (" + summary
                    + ") and no dead-letter topic is configured to keep it");
        }
        counter.count(clock.instant()).ifPresent(count -> LOG.error(LETTERS, summary, count));
        unwritten.add(
                new Reported(letter, reporter.report(letter.toRecord(), new UndeliverableDocumentException(summary))));
    }

    private void confirm(Reported reported) {
        try {
            reported.written().get();
            written.accept(reported.letter());
        } catch (ExecutionException e) {
            throw new ConnectException(
                    "The document at " + reported.letter().place() + " could not be written to the dead-letter topic",
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException("Interrupted while writing to the dead-letter topic", e);
        }
    }
}
