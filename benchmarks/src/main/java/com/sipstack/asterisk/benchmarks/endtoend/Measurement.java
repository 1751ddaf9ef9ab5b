package com.sipstack.asterisk.benchmarks.endtoend;

import com.sipstack.asterisk.benchmarks.endtoend.Sampler.Sample;
import com.sipstack.asterisk.benchmarks.endtoend.Traffic.PbxRow;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Has calls made, waits until all of them have arrived for good, and tells what that took.
 *
 * @param rest how long everything is left alone afterwards, to see what that takes
 */
record Measurement(Way way, Receipts receipts, Duration rest) {
    private static final int ROWS_AT_ONCE = 1_000;
    private static final long LOOK_MS = 20;
    private static final long PROGRESS_MS = 5_000;
    /** Longer than any phase of a call waits: nothing more comes then. */
    private static final long QUIET_MS = 7_000;

    private static final long GIVE_UP_MS = 300_000;

    /**
     * What happened between two moments.
     *
     * @param end the last receipt
     */
    record Stretch(Sample begin, Sample end, long documents) {
        Sample work() {
            return end.since(begin);
        }
    }

    /** All rows are in the tables before the first is read. */
    Stretch backlog(Traffic traffic, TableWriter writer) throws Exception {
        way.allInOne().pauseSource();
        while (!traffic.isOver()) {
            writer.write(due(traffic, Instant.MAX));
        }
        long documents = receipts.documents();
        Sample begin = way.sampler().take();
        way.allInOne().resumeSource();
        return awaitArrival(begin, documents, writer);
    }

    /** Each row is written when it is due. */
    Stretch live(Traffic traffic, TableWriter writer) throws Exception {
        long documents = receipts.documents();
        Sample begin = way.sampler().take();
        long nextProgress = begin.at();
        while (!traffic.isOver()) {
            writer.write(due(traffic, Instant.now()));
            nextProgress = progress(nextProgress, writer);
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
        return awaitArrival(begin, documents, writer);
    }

    private static List<PbxRow> due(Traffic traffic, Instant until) throws SQLException {
        List<PbxRow> rows = new ArrayList<>();
        for (PbxRow row = traffic.poll(until); row != null; row = traffic.poll(until)) {
            rows.add(row);
            if (rows.size() == ROWS_AT_ONCE) {
                break;
            }
        }
        return rows;
    }

    private Stretch awaitArrival(Sample begin, long documents, TableWriter writer) throws InterruptedException {
        long nextProgress = begin.at();
        long calls = writer.lastRows().size();
        while (sinceLatest(begin) < QUIET_MS
                || receipts.completeOf(writer.lastRows().keySet()) < calls) {
            way.allInOne().requireAlive();
            if (sinceLatest(begin) > GIVE_UP_MS) {
                throw new IllegalStateException(
                        "only " + receipts.completeOf(writer.lastRows().keySet()) + " of " + calls
                                + " calls arrived, and nothing more comes");
            }
            nextProgress = progress(nextProgress, writer);
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
        long latest = receipts.latest();
        return new Stretch(begin, way.sampler().at(latest), receipts.documents() - documents);
    }

    /** Leaves everything alone, and tells what that takes of a core. */
    double idlePercent() throws InterruptedException {
        Sample quiet = way.sampler().take();
        TimeUnit.MILLISECONDS.sleep(rest.toMillis());
        Sample idle = way.sampler().take().since(quiet);
        return 100_000 * idle.allInOne() / idle.at();
    }

    private long sinceLatest(Sample begin) {
        return System.currentTimeMillis() - Math.max(begin.at(), receipts.latest());
    }

    /** Returns when to tell again. */
    private long progress(long due, TableWriter writer) {
        long now = System.currentTimeMillis();
        if (now < due) {
            return due;
        }
        System.err.printf(
                "%,d rows written of %,d calls, of which %,d are complete at the API; %,d documents%n",
                writer.rows(),
                writer.lastRows().size(),
                receipts.completeOf(writer.lastRows().keySet()),
                receipts.documents());
        return now + PROGRESS_MS;
    }
}
