package com.sipstack.asterisk.source.csv;

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

/** One thread that reads the files of all PBXs of a task in turn, a block of each: no file is long at the expense of others. */
final class FileReading implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileReading.class);
    private static final Duration PATIENCE_WHEN_STOPPING = Duration.ofMillis(800);

    private final List<PbxFiles> pbxs;
    private final RecordQueue queue;
    private final BrokenPbxs broken;
    private final ScheduledThreadPoolExecutor thread;

    FileReading(List<PbxFiles> pbxs, RecordQueue queue) {
        this.pbxs = pbxs;
        this.queue = queue;
        this.broken = new BrokenPbxs(pbxs.size(), queue);
        this.thread = new ScheduledThreadPoolExecutor(1, FileReading::daemon, new ThreadPoolExecutor.DiscardPolicy());
    }

    void start() {
        pbxs.forEach(pbx -> schedule(pbx, Duration.ZERO));
    }

    /** Returns within a second, even if a file system does not answer. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (thread.awaitTermination(PATIENCE_WHEN_STOPPING.toMillis(), TimeUnit.MILLISECONDS)) {
                pbxs.forEach(PbxFiles::close);
            } else {
                LOG.info("A file system does not answer while reading is being stopped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void schedule(PbxFiles pbx, Duration delay) {
        ScheduledFuture<?> unused = thread.schedule(() -> takeTurn(pbx), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void takeTurn(PbxFiles pbx) {
        try {
            Duration wait = pbx.turn();
            broken.remove(pbx.pbx());
            schedule(pbx, wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            pbx.broke();
            schedule(pbx, broken.add(pbx.pbx(), e));
        } catch (Error e) {
            queue.fail(e);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "asterisk-file-reader");
        thread.setDaemon(true);
        return thread;
    }
}
