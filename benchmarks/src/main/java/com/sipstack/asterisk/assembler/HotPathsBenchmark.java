package com.sipstack.asterisk.assembler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sipstack.asterisk.benchmarks.assembler.CallTraffic;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.RecordJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Struct;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What is done with each row, or with each call's rows and state, on one thread; beside them the least that could be done. */
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
public class HotPathsBenchmark {
    private static final int CALLS = 200;

    private final RecordJson<Cel> json = Cel.MAPPING.json();
    private final CallState state = CallState.firstSeen(1_795_305_288_000L).completed();
    private final byte[] stateBytes = state.toBytes();
    private final List<byte[]> received = new ArrayList<>();
    private final List<Cel> events = new ArrayList<>();
    private final List<Struct> structs = new ArrayList<>();
    private final List<Map<String, byte[]>> calls = new ArrayList<>();
    private final List<byte[]> packs = new ArrayList<>();
    private int next;

    /** Recorded calls of every kind, of a mean of 34 rows, as they come from Kafka and as they are stored. */
    @Setup(Level.Trial)
    public void read() throws JsonProcessingException {
        CallTraffic traffic = new CallTraffic();
        for (int i = 0; i < CALLS; i++) {
            Map<String, byte[]> stored = new TreeMap<>();
            for (CallTraffic.WrittenRow row : traffic.nextCall("pbx-east")) {
                if (!row.isCdr()) {
                    byte[] written = row.json().getBytes(StandardCharsets.UTF_8);
                    Cel event = json.read(written, 0, written.length);
                    received.add(written);
                    events.add(event);
                    structs.add(Cel.MAPPING.toStruct(event));
                    stored.put(RowIdentity.group(event), RowCodec.toBytes(event));
                }
            }
            calls.add(stored);
            packs.add(RowPack.ofRows(stored));
        }
    }

    private <T> T next(List<T> of) {
        next = next + 1 >= of.size() ? 0 : next + 1;
        return of.get(next);
    }

    @Benchmark
    public Struct rowToStruct() {
        return Cel.MAPPING.toStruct(next(events));
    }

    @Benchmark
    public Cel rowFromStruct() {
        return Cel.MAPPING.fromConnect(next(structs));
    }

    @Benchmark
    public Cel rowFromJson() {
        byte[] row = next(received);
        return json.read(row, 0, row.length);
    }

    @Benchmark
    public byte[] rowToStored() {
        return RowCodec.toBytes(next(events));
    }

    /** The least: a row's bytes are copied once. */
    @Benchmark
    public byte[] rowCopied() {
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        copy.writeBytes(next(received));
        return copy.toByteArray();
    }

    @Benchmark
    public byte[] stateToBytes() {
        return state.toBytes();
    }

    @Benchmark
    public CallState stateFromBytes() {
        return CallState.fromBytes(stateBytes);
    }

    @Benchmark
    public byte[] callPacked() {
        return RowPack.ofRows(next(calls));
    }

    @Benchmark
    public Map<String, byte[]> callUnpacked() {
        return RowPack.rowsIn(next(packs));
    }
}
