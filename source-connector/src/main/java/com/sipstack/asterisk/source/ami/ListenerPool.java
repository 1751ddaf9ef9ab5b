package com.sipstack.asterisk.source.ami;

import com.sipstack.asterisk.source.fleet.BrokenPbxs;
import com.sipstack.asterisk.source.fleet.RecordQueue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * The threads of a task beside those of its sessions: one for each PBX that is just being called, so that none waits for those
 * that do not answer, and one that pings.
 */
final class ListenerPool implements AutoCloseable {
    private final RecordQueue queue;
    private final Duration afterRefusal;
    private final ExecutorService callers = Executors.newCachedThreadPool(threads("ami-caller"));
    private final ExecutorService pinger = Executors.newSingleThreadExecutor(threads("ami-pinger"));
    private final Map<String, AmiRefusal> refusals = new ConcurrentHashMap<>();
    /** Whether one of the PBXs was ever heard. */
    private volatile boolean hasHeard;

    private List<PbxListener> listeners = List.of();
    private BrokenPbxs broken;

    /** @param afterRefusal how long to wait before a PBX is tried again that did not let us in */
    ListenerPool(RecordQueue queue, Duration afterRefusal) {
        this.queue = queue;
        this.afterRefusal = afterRefusal;
    }

    void start(List<PbxListener> all) {
        listeners = List.copyOf(all);
        broken = new BrokenPbxs(listeners.size(), queue);
        for (PbxListener listener : listeners) {
            open(listener);
            pingLater(listener);
        }
    }

    /** Soon, on a thread of its own. */
    void open(PbxListener listener) {
        openLater(listener, Duration.ZERO);
    }

    @Override
    public void close() {
        callers.shutdownNow();
        pinger.shutdownNow();
        listeners.forEach(PbxListener::close);
    }

    private void openLater(PbxListener listener, Duration wait) {
        later(wait, callers, () -> tryToOpen(listener));
    }

    private void pingLater(PbxListener listener) {
        later(listener.pbx().pingInterval(), pinger, () -> {
            listener.ping();
            pingLater(listener);
        });
    }

    private void tryToOpen(PbxListener listener) {
        String name = listener.pbx().pbx();
        try {
            Optional<Duration> wait = listener.open();
            if (wait.isEmpty()) {
                hasHeard = true;
            }
            refusals.remove(name);
            broken.remove(name);
            wait.ifPresent(time -> openLater(listener, time));
        } catch (AmiRefusal e) {
            refusals.put(name, e);
            failIfNoneIsLeft(e);
            openLater(listener, afterRefusal);
        } catch (RuntimeException e) {
            openLater(listener, broken.add(name, e));
        }
    }

    /**
     * One wrong secret must not make the task's other PBXs go unheard. Where one was heard before, the configuration was right: what is
     * changed at the PBX is changed back there, or the module that was unloaded is loaded, and nobody should have to restart the task.
     */
    private void failIfNoneIsLeft(AmiRefusal last) {
        if (!hasHeard && refusals.size() == listeners.size()) {
            queue.fail(new ConnectException("no PBX of this task lets us listen: " + last.getMessage(), last));
        }
    }

    /** Never, if the pool is closed by then. */
    private void later(Duration wait, ExecutorService threads, Runnable task) {
        CompletableFuture.delayedExecutor(
                        wait.toMillis(),
                        TimeUnit.MILLISECONDS,
                        command -> orFail(() -> {
                            if (!threads.isShutdown()) {
                                threads.execute(command);
                            }
                        }))
                .execute(() -> orFail(task));
    }

    /** Whatever it is, memory or threads that ran out included: otherwise nobody would ever listen to that PBX again. */
    private void orFail(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            queue.fail(e);
        }
    }

    private static ThreadFactory threads(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
