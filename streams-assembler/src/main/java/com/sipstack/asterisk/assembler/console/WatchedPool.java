package com.sipstack.asterisk.assembler.console;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for requests, so many and no more. One that makes no progress for too long is interrupted, which closes its connection: whoever
 * does not read what it asked for, or does not ask to the end, keeps no thread.
 */
public final class WatchedPool implements Executor, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final ThreadPoolExecutor threads;
    private final Thread watch;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<Thread, Long> lastProgress = new ConcurrentHashMap<>();

    /** @param name what its threads' names begin with */
    public WatchedPool(String name, int most) {
        threads = new ThreadPoolExecutor(
                0, most, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> daemon(task, name + "-http"));
        watch = daemon(this::watch, name + "-watch");
        watch.start();
    }

    /** Told by a request's thread that it has made progress. */
    void alive() {
        lastProgress.replace(Thread.currentThread(), System.nanoTime());
    }

    /** @throws java.util.concurrent.RejectedExecutionException if all threads are busy; the server closes the connection then */
    @Override
    public void execute(Runnable task) {
        threads.execute(() -> {
            lastProgress.put(Thread.currentThread(), System.nanoTime());
            try {
                task.run();
            } finally {
                lastProgress.remove(Thread.currentThread());
                // What interrupts a request is not the next one's
                Thread.interrupted();
            }
        });
    }

    @Override
    public void close() {
        closed.countDown();
        threads.shutdownNow();
    }

    private void watch() {
        try {
            while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                interruptIdle();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void interruptIdle() {
        long limit = System.nanoTime() - PATIENCE.toNanos();
        lastProgress.forEach((thread, progress) -> {
            if (progress - limit < 0) {
                thread.interrupt();
            }
        });
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
