package com.sipstack.asterisk.benchmarks;

import com.sipstack.asterisk.demopbx.AmiServer;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.source.ami.AmiSourceTask;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.source.SourceRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code benchmarks/run ami}: what a PBX says, over a real socket, as rows for Kafka, beside reading its lines alone. */
@Command(
        name = "ami",
        description = "Listens to a manager interface, beside a bare loop that reads the socket's lines.",
        mixinStandardHelpOptions = true)
final class AmiBenchmark implements Callable<Integer> {
    /** No machine is as slow: an event was lost. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @Option(
            names = "--copies",
            defaultValue = "20",
            description = "How often the calls of a real PBX are said. Default: ${DEFAULT-VALUE}")
    private int copies;

    @Option(names = "--rounds", defaultValue = "3", description = "The best of them counts. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Override
    public Integer call() throws Exception {
        byte[] said = Corpus.PBX_20.managerEvents();
        long events = events(said);
        long rows = rows(said);
        double bare = 0;
        double ours = 0;
        for (int i = 0; i < rounds; i++) {
            bare = Math.max(bare, copies * events / readLines(said));
            ours = Math.max(ours, copies * events / listen(said, rows * copies));
        }
        System.out.printf(
                "%d events, %d of them rows, %.0f MB: bare line reader %.0f events/s, the source %.0f events/s"
                        + " (%.0f rows/s), %.2f of the line reader%n",
                copies * events,
                copies * rows,
                copies * said.length / 1e6,
                bare,
                ours,
                ours * rows / events,
                ours / bare);
        return 0;
    }

    /** How many seconds it takes to read all lines from a socket. */
    private double readLines(byte[] said) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket speaker = server.accept();
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            long begin = System.nanoTime();
            CompletableFuture<Void> speaking = CompletableFuture.runAsync(() -> say(speaker, said));
            while (lines.readLine() != null) {
                // Nothing is done with a line, which is the measure
            }
            speaking.get();
            return (System.nanoTime() - begin) / 1e9;
        }
    }

    private void say(Socket speaker, byte[] said) {
        try {
            for (int i = 0; i < copies; i++) {
                speaker.getOutputStream().write(said);
            }
            speaker.shutdownOutput();
        } catch (IOException e) {
            throw new IllegalStateException("the socket broke", e);
        }
    }

    /** How many seconds it takes until the task has handed over all rows. */
    private double listen(byte[] said, long rows) throws Exception {
        try (AmiServer pbx = new AmiServer()) {
            AmiSourceTask task = new AmiSourceTask();
            task.initialize(BareContext.withoutOffsets());
            task.start(Map.of(
                    "pbxs",
                    "bench",
                    "ami.host",
                    "127.0.0.1",
                    "ami.port",
                    Integer.toString(pbx.port()),
                    "ami.user",
                    AmiServer.USER,
                    "ami.password",
                    AmiServer.SECRET));
            long limit = System.nanoTime() + LIMIT.toNanos();
            while (count(task) == 0) {
                require(limit); // the gap that a first session declares says that it listens
            }
            long begin = System.nanoTime();
            CompletableFuture<Void> speaking = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < copies; i++) {
                    pbx.say(said);
                }
            });
            for (long heard = 0; heard < rows; heard += count(task)) {
                require(limit);
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            speaking.get(1, TimeUnit.MINUTES);
            task.stop();
            return seconds;
        }
    }

    private static int count(AmiSourceTask task) throws InterruptedException {
        List<SourceRecord> polled = task.poll();
        return polled == null ? 0 : polled.size();
    }

    private static void require(long limit) {
        if (System.nanoTime() > limit) {
            throw new IllegalStateException("not all that was said was heard within " + LIMIT);
        }
    }

    private static long events(byte[] said) {
        return new String(said, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.startsWith("Event: "))
                .count();
    }

    private static long rows(byte[] said) {
        return new String(said, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.matches("Event: (CEL|Cdr|Hold|Unhold)"))
                .count();
    }
}
