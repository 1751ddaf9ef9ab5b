package com.sipstack.asterisk.benchmarks;

import com.sipstack.asterisk.sink.CallSinkTask;
import com.sipstack.asterisk.sink.RawSinkTask;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code benchmarks/run sink}: the sinks' tasks against the stub, beside a bare loop of the same HTTP client. */
@Command(
        name = "sink",
        description = "Documents and raw records a second, beside a bare loop of the HTTP client.",
        mixinStandardHelpOptions = true)
final class SinkBenchmark implements Callable<Integer> {
    static final String API_KEY = "sk_0123456789abcdef0123456789abcdef";

    private static final int RECORDS_IN_BATCH = 200;
    private static final int THREADS = 16;

    @Option(names = "--documents", defaultValue = "20000", description = "A run's documents. Default: ${DEFAULT-VALUE}")
    private int documents;

    @Option(
            names = "--runs",
            defaultValue = "3",
            description = "Runs, of which the best counts. Default: ${DEFAULT-VALUE}")
    private int runs;

    @Option(names = "--in-flight", defaultValue = "32", description = "Without latency. Default: ${DEFAULT-VALUE}")
    private int inFlight;

    @Option(names = "--in-flight-far", defaultValue = "200", description = "With latency. Default: ${DEFAULT-VALUE}")
    private int inFlightFar;

    @Option(
            names = "--latency",
            defaultValue = "50",
            description = "Milliseconds of the API that is far away. Default: ${DEFAULT-VALUE}")
    private int latency;

    /** Posts or ships once; returns the seconds that it took. */
    private interface Run {
        double seconds() throws Exception;
    }

    @Override
    public Integer call() throws Exception {
        calls("calls, in flight " + inFlight, Duration.ZERO, inFlight);
        calls(
                "calls, in flight " + inFlightFar + ", API " + latency + " ms away",
                Duration.ofMillis(latency),
                inFlightFar);
        raw();
        return 0;
    }

    private void calls(String title, Duration away, int concurrency) throws Exception {
        try (StubProcess api = StubProcess.start(away)) {
            List<byte[]> bodies = IntStream.range(0, documents)
                    .mapToObj(SinkBenchmark::document)
                    .toList();
            URI address = URI.create(api.uri() + "/mqs/connectors/asterisk/calls");
            compare(
                    title,
                    documents,
                    () -> new BareLoop(address, concurrency).post(bodies),
                    ours(api, CallSinkTask::new, concurrency, records(bodies, i -> "pbx1|" + linkedid(i))));
        }
    }

    private void raw() throws Exception {
        try (StubProcess api = StubProcess.start(Duration.ZERO)) {
            int records = documents * 5;
            List<byte[]> values = IntStream.range(0, records)
                    .mapToObj(SinkBenchmark::rawRecord)
                    .toList();
            URI address = URI.create(api.uri() + "/mqs/connectors/asterisk/cdr");
            List<byte[]> bodies = batches(records);
            compare(
                    "raw records, in flight 10, " + RECORDS_IN_BATCH + " a batch",
                    records,
                    () -> new BareLoop(address, 10).post(bodies),
                    ours(api, RawSinkTask::new, 10, records(values, i -> "pbx1")));
        }
    }

    private static Run ours(StubProcess api, Supplier<SinkTask> task, int concurrency, List<SinkRecord> records) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "api.key",
                API_KEY,
                "api.url",
                api.uri().toString(),
                "max.in.flight",
                Integer.toString(concurrency),
                "batch.force.timeout.ms",
                "200"));
        return () -> new DrivenSink().ship(task.get(), settings, records);
    }

    /** Runs in turn, so that both have the same machine. */
    private void compare(String title, int number, Run bare, Run ours) throws Exception {
        double bareBest = Double.MAX_VALUE;
        double oursBest = Double.MAX_VALUE;
        for (int run = 0; run <= runs; run++) {
            double bareSeconds = bare.seconds();
            double oursSeconds = ours.seconds();
            if (run > 0) { // the first one warms up
                bareBest = Math.min(bareBest, bareSeconds);
                oursBest = Math.min(oursBest, oursSeconds);
            }
        }
        System.out.printf(
                "%-48s bare %,9.0f/s   ours %,9.0f/s   %3.0f %%%n",
                title, number / bareBest, number / oursBest, 100 * bareBest / oursBest);
    }

    private static List<SinkRecord> records(List<byte[]> values, IntFunction<String> key) {
        List<SinkRecord> records = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            records.add(new SinkRecord(
                    DrivenSink.PARTITION.topic(),
                    0,
                    Schema.STRING_SCHEMA,
                    key.apply(i),
                    null,
                    values.get(i),
                    i,
                    System.currentTimeMillis(),
                    TimestampType.CREATE_TIME));
        }
        return records;
    }

    private static String linkedid(int i) {
        return "1795304831." + i;
    }

    /** A document of common size, about 2.5 kB. */
    private static byte[] document(int i) {
        String thread = """
                {"time":"2026-11-21T23:47:11.206Z","event":"BRIDGE_ENTER","channel":"PJSIP/trunk-voip1-002e8538",\
                "exten":"14165550165","context":"from-trunk","uniqueid":"%s"}""".formatted(linkedid(i));
        String threads = IntStream.range(0, THREADS).mapToObj(n -> thread).collect(Collectors.joining(","));
        return """
                {"connector":"asterisk","connector_version":"1.0.0","customer_id":1,"tenant":"","hostname":"pbx1",\
                "linkedid":"%s","revision":1,"is_complete":true,"ship_phase":"complete",\
                "call_time":"2026-11-21T23:47:11Z","duration_seconds":40,"direction":"i","disposition":"ANSWERED",\
                "src_number":"15145790244","dst_number":"14165550165","call_threads":[%s],"call_threads_count":%d,"shipped_at":"2026-11-21T23:48:00Z"}""".formatted(linkedid(i), threads, THREADS).getBytes(StandardCharsets.UTF_8);
    }

    private static String cdr(int i) {
        return """
                {"src":"15145790244","dst":"14165550165","direction":"inbound","duration":40,"billsec":34,\
                "disposition":"ANSWERED","calldate":"2026-11-21T23:47:11Z","channel":"PJSIP/trunk-voip1-002e8538",\
                "dstchannel":"PJSIP/157-002e8539","lastapp":"Dial","uniqueid":"%s","linkedid":"%s","sequence":%d,\
                "dcontext":"from-trunk","host_name":"pbx1"}""".formatted(linkedid(i), linkedid(i), i);
    }

    private static byte[] rawRecord(int i) {
        return ("{\"kind\":\"cdr\",\"pbx\":\"pbx1\",\"hostname\":\"pbx1\",\"record\":" + cdr(i) + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static List<byte[]> batches(int records) {
        return IntStream.range(0, records / RECORDS_IN_BATCH)
                .mapToObj(batch -> IntStream.range(batch * RECORDS_IN_BATCH, (batch + 1) * RECORDS_IN_BATCH)
                        .mapToObj(SinkBenchmark::cdr)
                        .collect(Collectors.joining(",", "[", "]"))
                        .getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
