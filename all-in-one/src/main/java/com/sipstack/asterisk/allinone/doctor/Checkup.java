package com.sipstack.asterisk.allinone.doctor;

import com.sipstack.asterisk.allinone.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs checks side by side, each on a thread of its own, so that one that hangs holds up no other. */
final class Checkup {
    private final Duration limit;
    private final Secrets secrets;

    /** @param limit of each check */
    Checkup(Duration limit, Secrets secrets) {
        this.limit = limit;
        this.secrets = secrets;
    }

    /** All that was found, by area; an area that nothing was said about was not checked. */
    List<Finding> run(List<? extends Check> checks) throws InterruptedException {
        Map<FutureTask<Void>, Findings> running = new LinkedHashMap<>();
        for (Check check : checks) {
            Findings out = new Findings(check.area(), secrets);
            running.put(start(check, out), out);
        }
        long end = System.nanoTime() + limit.toNanos();
        List<Finding> found = new ArrayList<>();
        for (Map.Entry<FutureTask<Void>, Findings> check : running.entrySet()) {
            await(check.getKey(), end, check.getValue());
            found.addAll(check.getValue().all());
        }
        return inOrder(found);
    }

    private static FutureTask<Void> start(Check check, Findings out) {
        FutureTask<Void> task = new FutureTask<>(() -> {
            check.run(out);
            return null;
        });
        Thread thread = new Thread(task, "doctor-" + check.area().id());
        // One that cannot be interrupted must not keep the process
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private void await(FutureTask<Void> check, long end, Findings out) throws InterruptedException {
        try {
            check.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            check.cancel(true);
            out.error(
                    "did not come to an end within " + limit.toSeconds() + " s",
                    "Something takes connections and does not answer, or is very slow. --timeout waits longer.");
        } catch (ExecutionException e) {
            out.error(
                    "could not be looked at: " + Reason.of(e.getCause()),
                    "Nothing more is known about it: " + e.getCause().getClass().getSimpleName());
        }
    }

    private static List<Finding> inOrder(List<Finding> found) {
        List<Finding> all = new ArrayList<>(found);
        Arrays.stream(Area.values())
                .filter(area -> found.stream().noneMatch(finding -> finding.area() == area))
                .forEach(area -> all.add(new Finding(Severity.NOT_CHECKED, area, "not checked: " + area.wanted(), "")));
        all.sort(Comparator.comparing(Finding::area));
        return all;
    }
}
