package com.sipstack.asterisk.benchmarks.endtoend;

import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.demopbx.FreshCall;
import com.sipstack.asterisk.demopbx.FreshCall.DueRow;
import com.sipstack.asterisk.demopbx.PbxPlayer;
import com.sipstack.asterisk.demopbx.RecordedCall;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** Recorded calls made new, begun at a steady rate on one PBX after the other, and their rows in the order of time. */
final class Traffic {
    private final PriorityQueue<PbxRow> due =
            new PriorityQueue<>(Comparator.comparing(PbxRow::at).thenComparing(PbxRow::order));
    private final Iterator<RecordedCall> calls;
    private final FreshCall.Sequence sequence;
    private final int pbxs;
    private final double speed;
    private final Duration between;
    private Instant nextCall;
    private int begun;
    private long order;

    /** Which recorded calls are made. */
    enum Kind {
        /** Of every kind, from a busy line to a forwarding loop of 300 rows: 27 rows a call. */
        EVERY,
        /** Plain answered ones of 15 events and a CDR. */
        ANSWERED;

        private List<RecordedCall> recorded() {
            List<RecordedCall> recorded = switch (this) {
                case EVERY -> RecordedCall.of(Corpus.PBX_20);
                case ANSWERED -> RecordedCall.eachOf(Corpus.LOAD_BATCH);
            };
            return recorded.stream().filter(RecordedCall::allEnded).toList();
        }
    }

    /**
     * A row to be written.
     *
     * @param at when the PBX writes it
     * @param pbx counted from 0
     */
    record PbxRow(Instant at, long order, int pbx, DueRow row) {
        String linkedid() {
            return (String) row.columns().get("linkedid");
        }
    }

    /**
     * @param sequence shared by all traffic of a run, so that no identity comes twice
     * @param number of calls, by linkedid
     * @param speed how much faster than in reality a call goes by
     */
    Traffic(
            Kind kind,
            FreshCall.Sequence sequence,
            int number,
            int pbxs,
            double callsPerSecond,
            double speed,
            Instant begin) {
        this.sequence = sequence;
        this.calls = PbxPlayer.choose(kind.recorded(), number).iterator();
        this.pbxs = pbxs;
        this.speed = speed;
        this.between = Duration.ofNanos((long) (TimeUnit.SECONDS.toNanos(1) / callsPerSecond));
        this.nextCall = begin;
    }

    boolean isOver() {
        return due.isEmpty() && !calls.hasNext();
    }

    /** Takes the next row if it is due by then; null if there is none. */
    PbxRow poll(Instant until) {
        while (calls.hasNext() && !nextCall.isAfter(until) && !isDueBefore(nextCall)) {
            begin(calls.next());
        }
        return due.isEmpty() || due.peek().at().isAfter(until) ? null : due.poll();
    }

    private boolean isDueBefore(Instant time) {
        return !due.isEmpty() && due.peek().at().isBefore(time);
    }

    private void begin(RecordedCall recorded) {
        FreshCall call = FreshCall.of(recorded, nextCall, sequence, speed, Corpus.ZONE);
        int pbx = begun++ % pbxs;
        for (DueRow row : call.rows()) {
            due.add(new PbxRow(nextCall.plus(row.after()), order++, pbx, row));
        }
        nextCall = nextCall.plus(between.multipliedBy(call.linkedids().size()));
    }
}
