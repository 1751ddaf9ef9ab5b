package com.sipstack.asterisk.benchmarks;

import com.sipstack.asterisk.demopbx.CsvCorpus;
import com.sipstack.asterisk.source.csv.CsvSourceTask;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.connect.source.SourceRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code benchmarks/run csv}: a file of channel events as rows for Kafka, beside counting its lines and beside parsing alone. */
@Command(
        name = "csv",
        description = "Reads a CSV file of channel events, beside wc -l and beside a bare loop of the parser.",
        mixinStandardHelpOptions = true)
final class CsvBenchmark implements Callable<Integer> {
    private static final double MEGA = 1_000_000;

    @Option(names = "--mb", defaultValue = "200", description = "Size of the file. Default: ${DEFAULT-VALUE}")
    private int size;

    @Option(names = "--rounds", defaultValue = "3", description = "The best of them counts. Default: ${DEFAULT-VALUE}")
    private int rounds;

    private interface Work {
        void run() throws Exception;
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("csv-benchmark");
        Path file = folder.resolve("Master.csv");
        long records = write(file);
        double megabytes = Files.size(file) / MEGA;
        double lines = best(megabytes, () -> countLines(file));
        double bare = best(megabytes, () -> parse(file, records));
        double ours = best(megabytes, () -> read(file, records));
        System.out.printf(
                "%.0f MB, %d records: wc -l %.0f MB/s, FastCSV alone %.0f MB/s, the source %.0f MB/s (%.0f records/s), %.2f of the parser%n",
                megabytes, records, lines, bare, ours, ours / megabytes * records, ours / bare);
        Files.delete(file);
        Files.delete(folder);
        return 0;
    }

    private long write(Path file) throws Exception {
        byte[] calls = CsvCorpus.CEL_CUSTOM.bytes();
        long copies = Math.max(1, Math.round(size * MEGA / calls.length));
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long i = 0; i < copies; i++) {
                out.write(calls);
            }
        }
        return copies * CsvCorpus.CEL_CUSTOM.records();
    }

    private double best(double megabytes, Work work) throws Exception {
        double best = 0;
        for (int i = 0; i < rounds; i++) {
            long begin = System.nanoTime();
            work.run();
            best = Math.max(best, megabytes / ((System.nanoTime() - begin) / 1e9));
        }
        return best;
    }

    private static void countLines(Path file) throws Exception {
        new ProcessBuilder("wc", "-l", file.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static void parse(Path file, long records) throws Exception {
        long count = 0;
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
            for (CsvRecord ignored : reader) {
                count++;
            }
        }
        require(count, records);
    }

    private static void read(Path file, long records) throws Exception {
        CsvSourceTask task = new CsvSourceTask();
        task.initialize(BareContext.withoutOffsets());
        task.start(Map.of("pbxs", "bench", "cel.paths", file.toString(), "start.from", "earliest"));
        long count = 0;
        while (count < records) {
            List<SourceRecord> polled = task.poll();
            count += polled == null ? 0 : polled.size();
        }
        task.stop();
        require(count, records);
    }

    private static void require(long count, long records) {
        if (count != records) {
            throw new IllegalStateException("read " + count + " records where there are " + records);
        }
    }
}
