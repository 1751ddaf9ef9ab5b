package com.sipstack.asterisk.benchmarks;

import com.sipstack.asterisk.benchmarks.assembler.AssemblerBenchmark;
import com.sipstack.asterisk.benchmarks.assembler.ScaleBenchmark;
import com.sipstack.asterisk.benchmarks.catchup.CatchUp;
import com.sipstack.asterisk.benchmarks.console.ConsoleBenchmark;
import com.sipstack.asterisk.benchmarks.endtoend.EndToEnd;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code benchmarks/run NAME}: runs one benchmark and prints its figures. */
@Command(
        name = "benchmarks/run",
        description = "Measures a stage beside the bare loop that does the same work without it.",
        mixinStandardHelpOptions = true,
        subcommands = {
            AmiBenchmark.class,
            AssemblerBenchmark.class,
            CatchUp.class,
            ConsoleBenchmark.class,
            CsvBenchmark.class,
            EndToEnd.class,
            HotPathsCommand.class,
            InterpreterCommand.class,
            RecordingBenchmark.class,
            ScaleBenchmark.class,
            SinkBenchmark.class,
            CommandLine.HelpCommand.class
        })
public final class Benchmarks {
    private Benchmarks() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Benchmarks())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }
}
