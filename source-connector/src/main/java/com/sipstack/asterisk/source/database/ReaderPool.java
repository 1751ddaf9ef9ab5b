package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.source.fleet.BrokenPbxs;
import com.sipstack.asterisk.source.fleet.RecordQueue;
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

/**
 * Lets PBXs be read in turn by a few threads. Connections are made by threads of their own: those that wait for a PBX that does
 * not answer are no threads that others are read by.
 */
final class ReaderPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReaderPool.class);

    private static final int MOST_READERS = 8;
    /** They do little but wait, up to a connection attempt's limit each. */
    private static final int MOST_CONNECTORS = 64;

    private static final Duration IDLE_THREAD = Duration.ofSeconds(30);

    private static final Duration PATIENCE_WHEN_STOPPING = Duration.ofMillis(400);

    private final List<PbxReader> readers;
    private final RecordQueue queue;
    private final BrokenPbxs broken;
    private final ScheduledThreadPoolExecutor reading;
    private final ScheduledThreadPoolExecutor connecting;

    ReaderPool(List<PbxReader> readers, RecordQueue queue) {
        this.readers = readers;
        this.queue = queue;
        this.broken = new BrokenPbxs(readers.size(), queue);
        this.reading = pool(Math.min(MOST_READERS, readers.size()), "asterisk-database-reader");
        this.connecting = pool(Math.min(MOST_CONNECTORS, readers.size()), "asterisk-database-connector");
    }

    private static ScheduledThreadPoolExecutor pool(int threads, String name) {
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(
                Math.max(1, threads), task -> daemon(task, name), new ThreadPoolExecutor.DiscardPolicy());
        pool.setKeepAliveTime(IDLE_THREAD.toSeconds(), TimeUnit.SECONDS);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    void start() {
        readers.forEach(reader -> schedule(reader, Duration.ZERO));
    }

    /** Ends running queries and returns within a second, even if a server does not answer to that. */
    @Override
    public void close() {
        reading.shutdownNow();
        connecting.shutdownNow();
        ExecutorService closers = Executors.newFixedThreadPool(
                Math.max(1, Math.min(MOST_CONNECTORS, readers.size())),
                task -> daemon(task, "asterisk-database-closer"));
        readers.forEach(reader -> closers.execute(reader::abort));
        closers.shutdown();
        if (!isDone(closers) || !isDone(reading)) {
            LOG.info("Some databases do not answer while their connections are being closed");
        }
    }

    private void schedule(PbxReader reader, Duration delay) {
        ScheduledThreadPoolExecutor pool = reader.isConnected() ? reading : connecting;
        long wait = Ticks.untilNearest(delay.toNanos(), System.nanoTime());
        ScheduledFuture<?> unused = pool.schedule(() -> takeTurn(reader), wait, TimeUnit.NANOSECONDS);
    }

    private void takeTurn(PbxReader reader) {
        try {
            Duration wait = reader.turn();
            broken.remove(reader.pbx());
            schedule(reader, wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            reader.broke();
            schedule(reader, broken.add(reader.pbx(), e));
        } catch (Error e) {
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

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
