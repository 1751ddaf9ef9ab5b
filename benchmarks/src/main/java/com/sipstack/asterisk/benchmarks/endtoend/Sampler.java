package com.sipstack.asterisk.benchmarks.endtoend;

import com.sipstack.asterisk.benchmarks.LinuxProcess;
import com.sipstack.asterisk.benchmarks.LinuxProcess.ThreadTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Reads the processor time of all parts twice a second, so that a stretch of work can be cut out afterwards. */
final class Sampler implements AutoCloseable {
    private static final long INTERVAL_MS = 500;
    private static final int SAMPLES_A_NAMING = 20;

    private final LinuxProcess allInOne;
    private final LinuxProcess api;
    private final Supplier<List<LinuxProcess>> database;
    private final ThreadNames names;
    private final List<Sample> samples = new ArrayList<>();
    private final Map<Long, ThreadTime> threads = new HashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sampler");
        thread.setDaemon(true);
        return thread;
    });

    private Future<?> sampling = CompletableFuture.completedFuture(null);

    /**
     * Processor seconds since each part's start.
     *
     * @param threads those of the all-in-one by full name, the ended ones too
     */
    record Sample(long at, double allInOne, double database, double api, Map<String, Double> threads) {
        /** What lies between an earlier sample and this. */
        Sample since(Sample before) {
            Map<String, Double> difference = new HashMap<>();
            threads.forEach((name, seconds) -> difference.put(name, seconds - before.threads.getOrDefault(name, 0.0)));
            return new Sample(
                    at - before.at,
                    allInOne - before.allInOne,
                    database - before.database,
                    api - before.api,
                    difference);
        }
    }

    /** @param database asked each time: a server may have a process for each connection */
    Sampler(LinuxProcess allInOne, Supplier<List<LinuxProcess>> database, LinuxProcess api) {
        this.allInOne = allInOne;
        this.database = database;
        this.api = api;
        this.names = new ThreadNames(allInOne.pid());
    }

    void start() {
        sampling = clock.scheduleWithFixedDelay(this::take, 0, INTERVAL_MS, TimeUnit.MILLISECONDS);
    }

    /** A sample of this moment. */
    synchronized Sample take() {
        try {
            if (samples.size() % SAMPLES_A_NAMING == 0) {
                names.refresh();
            }
            threads.putAll(allInOne.threads());
            double ofDatabase = 0;
            for (LinuxProcess process : database.get()) {
                ofDatabase += process.cpuSeconds();
            }
            Sample sample = new Sample(
                    System.currentTimeMillis(), allInOne.cpuSeconds(), ofDatabase, api.cpuSeconds(), byName());
            samples.add(sample);
            return sample;
        } catch (IOException e) {
            throw new UncheckedIOException("processor times cannot be read", e);
        }
    }

    /** The first sample at or after a moment, the last one if there is none. */
    synchronized Sample at(long time) {
        return samples.stream()
                .filter(sample -> sample.at() >= time)
                .findFirst()
                .orElse(samples.get(samples.size() - 1));
    }

    private Map<String, Double> byName() {
        Map<String, Double> byName = new HashMap<>();
        threads.forEach((id, time) -> byName.merge(
                names.of(id, time.name()).replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\\d+", "N"),
                time.seconds(),
                Double::sum));
        return byName;
    }

    @Override
    public void close() {
        sampling.cancel(false);
        clock.shutdownNow();
    }
}
