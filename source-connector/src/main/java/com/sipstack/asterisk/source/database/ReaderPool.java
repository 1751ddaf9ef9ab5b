package com.sipstack.asterisk.source.database;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets PBXs be read in turn by a few threads, so that one that does not answer holds up no other. */
final class ReaderPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReaderPool.class);

    /** More than a few PBXs that do not answer, each a connection attempt long, must not take all of them. */
    private static final int MOST_THREADS = 8;

    private static final Duration PATIENCE_WHEN_STOPPING = Duration.ofMillis(400);

    private final List<PbxReader> readers;
    private final RecordQueue queue;
    private final ScheduledThreadPoolExecutor threads;

    ReaderPool(List<PbxReader> readers, RecordQueue queue) {
        this.readers = readers;
        this.queue = queue;
        this.threads = new ScheduledThreadPoolExecutor(
                threadCount(readers),
                task -> daemon(task, "asterisk-database-reader"),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    void start() {
        readers.forEach(reader -> schedule(reader, Duration.ZERO));
    }

    /** Ends running queries and returns within a second, even if a server does not answer to that. */
    @Override
    public void close() {
        threads.shutdownNow();
        ExecutorService closers =
                Executors.newFixedThreadPool(threadCount(readers), task -> daemon(task, "asterisk-database-closer"));
        readers.forEach(reader -> closers.execute(reader::abort));
        closers.shutdown();
        if (!isDone(closers) || !isDone(threads)) {
            LOG.info("Some databases do not answer while their connections are being closed");
        }
    }

    private void schedule(PbxReader reader, Duration delay) {
        ScheduledFuture<?> unused = threads.schedule(() -> takeTurn(reader), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void takeTurn(PbxReader reader) {
        try {
            schedule(reader, reader.turn());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            queue.fail(e);
        }
    }

    private static boolean isDone(ExecutorService executor) {
        try {
            return executor.awaitTermination(PATIENCE_WHEN_STOPPING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int threadCount(List<PbxReader> readers) {
        return Math.max(1, Math.min(MOST_THREADS, readers.size()));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
