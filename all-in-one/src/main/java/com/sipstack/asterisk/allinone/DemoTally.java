package com.sipstack.asterisk.allinone;

import com.sipstack.asterisk.demopbx.FreshCall;
import com.sipstack.asterisk.stubapi.ArrivalOrder;
import com.sipstack.asterisk.stubapi.ReceivedDocument;
import com.sipstack.asterisk.stubapi.StubStats;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Counts what the PBX began and what arrived. Used by the PBX's thread and those of the API. */
final class DemoTally {
    private final Set<String> open = new HashSet<>();
    private int began;
    private int completed;
    private long lastArrival;

    synchronized void began(FreshCall call) {
        open.addAll(call.linkedids());
        began += call.linkedids().size();
    }

    /** Returns whether the document is a new one. */
    synchronized boolean arrived(ReceivedDocument document) {
        lastArrival = System.nanoTime();
        if (document.phase().equals("complete") && open.remove(document.linkedid())) {
            completed++;
            notifyAll();
        }
        return document.order() == ArrivalOrder.IN_ORDER;
    }

    /** Waits until every call is complete, or nothing arrives for so long from now on. */
    synchronized void awaitAll(Duration patience) throws InterruptedException {
        lastArrival = System.nanoTime();
        while (!open.isEmpty()) {
            long left = patience.toMillis()
                    - Duration.ofNanos(System.nanoTime() - lastArrival).toMillis();
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    /**
     * Prints the result.
     *
     * @param over whether all calls should be complete by now
     * @return whether nothing is missing
     */
    synchronized boolean summary(PrintStream out, StubStats stats, boolean over) {
        out.printf(
                "%n%d calls in, %d complete, %d documents out, %d refused, %s %d%n",
                began, completed, stats.documents(), stats.refused(), over ? "lost" : "still going on", open.size());
        if (over) {
            open.forEach(linkedid -> out.println("lost: " + linkedid));
        }
        return !over || open.isEmpty();
    }
}
