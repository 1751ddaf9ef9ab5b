package com.sipstack.asterisk.benchmarks;

import java.util.Collection;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;

/** Documents a second on one core, and what a long conference costs. */
@Command(name = "interpreter", description = "Documents a second on one core, of rows that were parsed already.")
final class InterpreterCommand implements Callable<Integer> {
    @Override
    public Integer call() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(InterpreterBenchmark.class.getName())
                        .build())
                .run();
        double ours = score(results, "document");
        double bare = score(results, "rowsSeen");
        System.out.printf(
                "%nplain calls: %,.0f documents/s, bare loop %,.0f calls/s, ratio 1 : %.0f%n", ours, bare, bare / ours);
        return 0;
    }

    /** Of the first of its parameters, which is the plain calls'. */
    private static double score(Collection<RunResult> results, String benchmark) {
        return results.stream()
                .filter(result -> result.getPrimaryResult().getLabel().equals(benchmark))
                .findFirst()
                .orElseThrow()
                .getPrimaryResult()
                .getScore();
    }
}
