package com.sipstack.asterisk.benchmarks.assembler;

import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.embedded.FreePort;
import com.sipstack.asterisk.model.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.Utils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code benchmarks/run scale}: what a row costs with more partitions, and with more instances that share them. */
@Command(
        name = "scale",
        description = "Processor time of the assembler for a row, by partitions and instances.",
        mixinStandardHelpOptions = true)
public final class ScaleBenchmark implements Callable<Integer> {
    private static final List<Shape> SHAPES =
            List.of(new Shape(1, 1), new Shape(2, 1), new Shape(4, 1), new Shape(2, 2), new Shape(4, 4));

    /** What is written at once, for each instance, so that none waits for the others long. */
    private static final int PIECE = 500;

    @Option(
            names = "--calls",
            defaultValue = "10000",
            description =
                    "Recorded scenes of about 35 rows that are played and measured, for each instance. Default: ${DEFAULT-VALUE}")
    private int calls;

    @Option(
            names = "--warm-up",
            defaultValue = "10000",
            description = "Scenes that are played before, for each instance. Default: ${DEFAULT-VALUE}")
    private int warmUp;

    private record Shape(int partitions, int instances) {}

    /**
     * Processor time for a row in µs, of all instances, the JIT compiler's left out: each instance has to compile the code.
     *
     * @param together while all partitions have rows, and instances share the machine's cores and caches
     * @param inTurn while one has, which shows what there being others costs
     */
    private record Cost(double together, double inTurn) {}

    @Override
    public Integer call() throws Exception {
        Path directory = Files.createTempDirectory("scale-benchmark");
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0)) {
            Apps apps = new Apps(broker, directory, "exactly_once_v2");
            double first = 0;
            for (Shape shape : SHAPES) {
                Cost cost = measure(apps, shape);
                first = first == 0 ? cost.together() : first;
                System.out.printf(
                        "%d partitions, %d instances: %.1f µs of processor time for a row, %+.0f %%;"
                                + " %.1f µs, %+.0f %% while one partition's are read at a time%n",
                        shape.partitions(),
                        shape.instances(),
                        cost.together(),
                        100 * (cost.together() / first - 1),
                        cost.inTurn(),
                        100 * (cost.inTurn() / first - 1));
            }
        } finally {
            Utils.delete(directory.toFile());
        }
        return 0;
    }

    private Cost measure(Apps apps, Shape shape) throws Exception {
        Topics topics = apps.createTopics("scale-" + shape.partitions() + "-" + shape.instances(), shape.partitions());
        int[] ports = new int[shape.instances()];
        StreamsProcess[] instances = new StreamsProcess[ports.length];
        try (Play play = new Play(apps.broker(), topics, shape.partitions())) {
            for (int i = 0; i < ports.length; i++) {
                ports[i] = FreePort.any();
                instances[i] = apps.assembler(topics, ports[i]);
            }
            for (int i = 0; i < ports.length; i++) {
                instances[i].awaitReady(ports[i]);
            }
            play(play, instances, warmUp);
            double begin = seconds(instances);
            long rows = play(play, instances, calls);
            double between = seconds(instances);
            long rowsInTurn = playInTurn(play, instances, shape.partitions());
            return new Cost((between - begin) * 1e6 / rows, (seconds(instances) - between) * 1e6 / rowsInTurn);
        } finally {
            for (StreamsProcess instance : instances) {
                if (instance != null) {
                    instance.close();
                }
            }
        }
    }

    private static long play(Play play, StreamsProcess[] instances, int scenesForEach) throws Exception {
        long rows = 0;
        for (int left = scenesForEach; left > 0; left -= PIECE) {
            rows += play.calls(Math.min(left, PIECE) * instances.length);
            play.awaitRead(instances);
        }
        return rows;
    }

    /** As many calls again, of one partition after the other. */
    private long playInTurn(Play play, StreamsProcess[] instances, int partitions) throws Exception {
        long rows = 0;
        for (int partition = 0; partition < partitions; partition++) {
            for (int left = calls * instances.length / partitions; left > 0; left -= PIECE) {
                rows += play.calls(Math.min(left, PIECE), partition);
                play.awaitRead(instances);
            }
        }
        return rows;
    }

    private static double seconds(StreamsProcess[] instances) throws IOException {
        double seconds = 0;
        for (StreamsProcess instance : instances) {
            seconds += instance.secondsWithoutJit();
        }
        return seconds;
    }
}
