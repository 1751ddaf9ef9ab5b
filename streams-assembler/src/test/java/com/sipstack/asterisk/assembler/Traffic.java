package com.sipstack.asterisk.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sipstack.asterisk.assembler.interpret.CallInterpreter;
import com.sipstack.asterisk.assembler.interpret.CallRows;
import com.sipstack.asterisk.assembler.interpret.CallTies;
import com.sipstack.asterisk.assembler.interpret.Ending;
import com.sipstack.asterisk.assembler.interpret.PbxProfile;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.demopbx.FreshCall;
import com.sipstack.asterisk.demopbx.PbxPlayer;
import com.sipstack.asterisk.demopbx.RecordedCall;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.document.DocumentJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rows of many calls of many PBXs, out of order: interleaved, some of them twice, some long after their call's end. They are made
 * as they are asked for, so that traffic of any size takes little room.
 */
final class Traffic {
    private static final Instant BEGIN = Instant.parse("2026-11-22T08:00:00Z");
    /** How far from its place a row may come; a late one comes anywhere after it. */
    private static final int NEAR = 400;

    private static final double TWICE = 0.05;
    private static final double LATE = 0.02;

    private final List<RecordedCall> calls;
    private final int pbxs;
    private final Random random;
    private final Map<String, FreshCall.Sequence> sequences = new HashMap<>();
    private final Map<String, Long> rowsRead = new HashMap<>();
    private final Map<String, Long> expected = new HashMap<>();
    private final PriorityQueue<Placed> waiting = new PriorityQueue<>(Comparator.comparingDouble(Placed::place));
    private int next;
    private long placed;

    private Traffic(List<RecordedCall> calls, int pbxs, Random random) {
        this.calls = calls;
        this.pbxs = pbxs;
        this.random = random;
    }

    private record Placed(double place, Row row) {}

    static Traffic of(int calls, int pbxs, Random random) {
        List<RecordedCall> recorded = RecordedCall.of(Corpus.PBX_20).stream()
                .filter(RecordedCall::allEnded)
                .toList();
        return new Traffic(PbxPlayer.choose(recorded, calls), pbxs, random);
    }

    /** Rows in the order in which they are written, until one of several parts of the calls have begun; all that are left with the last. */
    List<Row> part(int part, int parts) {
        int until = (int) ((long) calls.size() * (part + 1) / parts);
        List<Row> rows = new ArrayList<>();
        while (next < until) {
            begin(next++);
            take(rows, (double) placed);
        }
        take(rows, next == calls.size() ? Double.MAX_VALUE : (double) placed);
        return rows;
    }

    /** What {@link #contentOf} is of each call that has begun, told with all its rows and those of the calls tied to it. */
    Map<String, Long> expected() {
        return Collections.unmodifiableMap(expected);
    }

    /** A document's content without what counts its revisions, as a number. */
    static long contentOf(JsonNode document) {
        ObjectNode content = document.deepCopy();
        content.remove(Set.of("revision", "ship_phase", "is_complete"));
        return ContentHash.of(content.toString().getBytes(UTF_8));
    }

    private void begin(int call) {
        String pbx = "pbx-" + call % pbxs;
        FreshCall fresh = FreshCall.of(
                calls.get(call),
                BEGIN.plusSeconds(call),
                sequences.computeIfAbsent(pbx, name -> new FreshCall.Sequence()),
                1,
                Corpus.ZONE);
        List<Row> rows = CorpusRows.of(fresh, pbx, rowsRead.getOrDefault(pbx, 0L));
        rowsRead.merge(pbx, (long) rows.size(), Long::sum);
        place(rows);
        expect(pbx, rows);
    }

    private void place(List<Row> rows) {
        double begin = (double) placed;
        for (Row row : rows) {
            double place = begin + random.nextDouble() * NEAR;
            put(random.nextDouble() < LATE ? place + random.nextInt(20 * NEAR) : place, row);
            if (random.nextDouble() < TWICE) {
                put(place + random.nextInt(20 * NEAR), row);
            }
        }
    }

    private void put(double place, Row row) {
        waiting.add(new Placed(place, row));
        placed++;
    }

    /** No later call has a row before its own beginning. */
    private void take(List<Row> rows, double before) {
        while (!waiting.isEmpty() && waiting.peek().place() < before) {
            rows.add(waiting.poll().row());
        }
    }

    private void expect(String pbx, List<Row> rows) {
        CallInterpreter interpreter = new CallInterpreter(PbxProfile.of(pbx, "CA"));
        for (CallRows call : calls(pbx, rows)) {
            byte[] document = DocumentJson.write(interpreter.interpret(call, Ending.HANGUP));
            expected.put(call.key().toString(), contentOf(TopologyFixture.json(document)));
        }
    }

    private static List<CallRows> calls(String pbx, List<Row> rows) {
        Map<String, List<Row>> byLinkedid =
                rows.stream().collect(Collectors.groupingBy(row -> row.callKey().linkedid()));
        List<CallRows> calls = new ArrayList<>();
        for (List<String> tied : CallTies.of(rows).groups()) {
            List<Row> together =
                    tied.stream().map(byLinkedid::get).flatMap(List::stream).toList();
            tied.forEach(linkedid -> calls.add(CallRows.of(new CallKey(pbx, linkedid), together)));
        }
        return calls;
    }
}
