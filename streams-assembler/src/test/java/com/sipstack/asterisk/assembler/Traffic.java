package com.sipstack.asterisk.assembler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** The rows of many calls of many PBXs, out of order: interleaved, some of them twice, some long after their call's end. */
final class Traffic {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant BEGIN = Instant.parse("2026-11-22T08:00:00Z");
    /** How far from its place a row may come; a late one comes anywhere after it. */
    private static final int NEAR = 400;

    private static final double TWICE = 0.05;
    private static final double LATE = 0.02;

    private final Map<String, List<List<Row>>> callsByPbx;
    private final List<Row> written;

    private Traffic(Map<String, List<List<Row>>> callsByPbx, List<Row> written) {
        this.callsByPbx = callsByPbx;
        this.written = written;
    }

    private record Placed(double place, Row row) {}

    static Traffic of(int calls, int pbxs, Random random) {
        List<RecordedCall> recorded = RecordedCall.of(Corpus.PBX_20).stream()
                .filter(RecordedCall::allEnded)
                .toList();
        Map<String, List<List<Row>>> callsByPbx = new LinkedHashMap<>();
        Map<String, FreshCall.Sequence> sequences = new HashMap<>();
        Map<String, Long> rowsRead = new HashMap<>();
        List<Placed> placed = new ArrayList<>();
        int call = 0;
        for (RecordedCall one : PbxPlayer.choose(recorded, calls)) {
            String pbx = "pbx-" + call % pbxs;
            FreshCall fresh = FreshCall.of(
                    one,
                    BEGIN.plusSeconds(call),
                    sequences.computeIfAbsent(pbx, name -> new FreshCall.Sequence()),
                    1,
                    Corpus.ZONE);
            List<Row> rows = CorpusRows.of(fresh, pbx, rowsRead.getOrDefault(pbx, 0L));
            rowsRead.merge(pbx, (long) rows.size(), Long::sum);
            callsByPbx.computeIfAbsent(pbx, name -> new ArrayList<>()).add(rows);
            place(rows, placed, random);
            call++;
        }
        placed.sort((a, b) -> Double.compare(a.place(), b.place()));
        return new Traffic(callsByPbx, placed.stream().map(Placed::row).toList());
    }

    private static void place(List<Row> rows, List<Placed> placed, Random random) {
        double begin = placed.size();
        for (Row row : rows) {
            double place = begin + random.nextDouble() * NEAR;
            placed.add(new Placed(random.nextDouble() < LATE ? place + random.nextInt(20 * NEAR) : place, row));
            if (random.nextDouble() < TWICE) {
                placed.add(new Placed(place + random.nextInt(20 * NEAR), row));
            }
        }
    }

    /** All rows, in the order in which they are written. */
    List<Row> rows() {
        return written;
    }

    /** What the interpreter says of each call with all its rows, and those of the calls tied to it. */
    Map<String, JsonNode> expected() throws Exception {
        Map<String, JsonNode> expected = new HashMap<>();
        for (Map.Entry<String, List<List<Row>>> pbx : callsByPbx.entrySet()) {
            CallInterpreter interpreter = new CallInterpreter(PbxProfile.of(pbx.getKey(), "CA"));
            for (List<Row> rows : pbx.getValue()) {
                for (CallRows call : calls(pbx.getKey(), rows)) {
                    expected.put(
                            call.key().toString(),
                            JSON.readTree(DocumentJson.write(interpreter.interpret(call, Ending.HANGUP))));
                }
            }
        }
        return Collections.unmodifiableMap(expected);
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
