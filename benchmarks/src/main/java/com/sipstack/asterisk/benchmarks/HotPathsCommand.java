package com.sipstack.asterisk.benchmarks;

import com.sipstack.asterisk.assembler.HotPathsBenchmark;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;

/** {@code benchmarks/run hot-paths}: what is done with each row. */
@Command(
        name = "hot-paths",
        description = "Microseconds for what is done with each row and with each call's state, on one core.",
        mixinStandardHelpOptions = true)
final class HotPathsCommand implements Callable<Integer> {
    @Override
    public Integer call() throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(HotPathsBenchmark.class.getName())
                        .build())
                .run();
        return 0;
    }
}
