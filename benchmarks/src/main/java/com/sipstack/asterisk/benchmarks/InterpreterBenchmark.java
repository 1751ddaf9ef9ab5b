package com.sipstack.asterisk.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.assembler.files.FileCalls;
import com.sipstack.asterisk.assembler.files.RowFiles;
import com.sipstack.asterisk.assembler.interpret.CallInterpreter;
import com.sipstack.asterisk.assembler.interpret.CallRows;
import com.sipstack.asterisk.assembler.interpret.Ending;
import com.sipstack.asterisk.assembler.interpret.PbxProfile;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.document.CallDocument;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Documents of rows that were parsed already, on one thread. */
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@State(Scope.Thread)
public class InterpreterBenchmark {
    private static final String PBX = "pbx-east";

    private final CallInterpreter interpreter = new CallInterpreter(PbxProfile.of(PBX, "CA"));

    /** Real calls of every kind, of a mean of 35 rows, or plain answered ones, of 16. */
    @State(Scope.Thread)
    public static class Calls {
        @Param({"LOAD_BATCH", "PBX_20"})
        private Corpus corpus;

        private List<CallRows> calls;
        private int next;

        @Setup(Level.Trial)
        public void read() throws JsonProcessingException {
            RowFiles files = new RowFiles(PBX, Optional.of(Corpus.ZONE), (place, reason) -> {
                throw new IllegalStateException(place + " " + reason);
            });
            for (String table : List.of("cel", "cdr")) {
                files.read(
                        table,
                        new ByteArrayInputStream(lines(corpus.rows(table)).getBytes(StandardCharsets.UTF_8)));
            }
            calls = FileCalls.of(files.rows());
        }

        private static String lines(List<Map<String, Object>> rows) throws JsonProcessingException {
            ObjectMapper json = new ObjectMapper();
            StringBuilder lines = new StringBuilder();
            for (Map<String, Object> row : rows) {
                lines.append(json.writeValueAsString(row)).append('\n');
            }
            return lines.toString();
        }

        CallRows next() {
            next = next + 1 == calls.size() ? 0 : next + 1;
            return calls.get(next);
        }
    }

    /** People who come to one bridge one after the other, and leave it in the same order. */
    @State(Scope.Thread)
    public static class LongConference {
        @Param({"1000", "10000", "100000"})
        private int events;

        private CallRows call;

        @Setup(Level.Trial)
        public void hold() {
            List<Row> rows = new ArrayList<>(events);
            int people = events / 4;
            for (int person = 0; person < people; person++) {
                rows.add(event(rows.size(), person, "CHAN_START"));
                rows.add(event(rows.size(), person, "BRIDGE_ENTER"));
            }
            for (int person = 0; person < people; person++) {
                rows.add(event(rows.size(), person, "BRIDGE_EXIT"));
                rows.add(event(rows.size(), person, "CHAN_END"));
            }
            call = CallRows.of(new CallKey(PBX, "1795305288.0"), rows);
        }

        private static Row event(int position, int person, String type) {
            return Cel.MAPPING.fromColumns(Map.of(
                    "pbx",
                    PBX,
                    "source",
                    "database",
                    "position",
                    position,
                    "event_time",
                    1_795_305_288_000_000L + position * 100_000L,
                    "eventtype",
                    type,
                    "channame",
                    "SIP/%d-%08x".formatted(1000 + person, person),
                    "uniqueid",
                    "1795305288." + person,
                    "linkedid",
                    "1795305288.0",
                    "appname",
                    "ConfBridge",
                    "extra",
                    "{\"bridge_id\":\"b\",\"bridge_technology\":\"softmix\"}"));
        }
    }

    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    public CallDocument document(Calls calls) {
        return interpreter.interpret(calls.next(), Ending.HANGUP);
    }

    /** The bare loop: sees each row of the call and what it is. */
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    public int rowsSeen(Calls calls) {
        int types = 0;
        CallRows call = calls.next();
        for (Cel cel : call.cels()) {
            types += cel.type().number();
        }
        return types + call.cdrs().size();
    }

    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public CallDocument conference(LongConference conference) {
        return interpreter.interpret(conference.call, Ending.HANGUP);
    }
}
