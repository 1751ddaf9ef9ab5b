package com.sipstack.asterisk.source.recording;

import com.sipstack.asterisk.source.fleet.BrokenPbxs;
import com.sipstack.asterisk.source.fleet.RecordQueue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets PBXs have their turns side by side: a mount that does not answer keeps no other PBX waiting. */
final class ScanThreads {
    private static final Logger LOG = LoggerFactory.getLogger(ScanThreads.class);
    private static final int MOST_THREADS = 64;
    private static final Duration PATIENCE_WHEN_STOPPING = Duration.ofMillis(800);

    private final List<PbxRecordings> pbxs;
    private final RecordQueue queue;
    private final BrokenPbxs broken;
    private final Running running;
    private final ScheduledThreadPoolExecutor threads;

    ScanThreads(List<PbxRecordings> pbxs, RecordQueue queue, Running running) {
        this.pbxs = pbxs;
        this.queue = queue;
        this.broken = new BrokenPbxs(pbxs.size(), queue);
        this.running = running;
        this.threads = new ScheduledThreadPoolExecutor(
                Math.max(1, Math.min(MOST_THREADS, pbxs.size())),
                ScanThreads::daemon,
                new ThreadPoolExecutor.DiscardPolicy());
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void start() {
        pbxs.forEach(pbx -> schedule(pbx, Duration.ZERO));
    }

    /** Returns within a second, even if a mount does not answer: the ledgers are then closed when it does. */
    void stop() {
        running.stop();
        threads.shutdown();
        if (isDone(PATIENCE_WHEN_STOPPING)) {
            pbxs.forEach(PbxRecordings::close);
        } else {
            LOG.info("A file system does not answer while the search for recordings is being stopped");
            daemon(() -> {
                        if (isDone(Duration.ofDays(1))) {
                            pbxs.forEach(PbxRecordings::close);
                        }
                    })
                    .start();
        }
    }

    private boolean isDone(Duration patience) {
        try {
            return threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void schedule(PbxRecordings pbx, Duration delay) {
        ScheduledFuture<?> unused = threads.schedule(() -> takeTurn(pbx), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void takeTurn(PbxRecordings pbx) {
        try {
            Duration wait = pbx.turn();
            broken.remove(pbx.pbx());
            schedule(pbx, wait);
        } catch (InterruptedException e) {
            LOG.debug("The search for recordings was stopped");
        } catch (RuntimeException e) {
            pbx.broke();
            schedule(pbx, broken.add(pbx.pbx(), e));
        } catch (Error e) {
            queue.fail(e);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "asterisk-recording-scan");
        thread.setDaemon(true);
        return thread;
    }
}
