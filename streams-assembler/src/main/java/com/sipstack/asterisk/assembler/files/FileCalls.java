package com.sipstack.asterisk.assembler.files;

import com.sipstack.asterisk.assembler.interpret.CallRows;
import com.sipstack.asterisk.assembler.interpret.CallTies;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Sorts rows into calls, as the assembler does: rows of calls that channels tie together go to each of them. */
public final class FileCalls {
    private FileCalls() {}

    public static List<CallRows> of(List<Row> rows) {
        Map<String, List<Row>> byPbx = rows.stream()
                .collect(Collectors.groupingBy(row -> row.provenance().pbx(), LinkedHashMap::new, Collectors.toList()));
        List<CallRows> calls = new ArrayList<>();
        byPbx.forEach((pbx, told) -> addCalls(pbx, told, calls));
        return calls;
    }

    private static void addCalls(String pbx, List<Row> rows, List<CallRows> calls) {
        Map<String, List<Row>> groups = new HashMap<>();
        List<List<String>> tied = CallTies.of(rows).groups();
        for (List<String> linkedids : tied) {
            List<Row> together = new ArrayList<>();
            linkedids.forEach(linkedid -> groups.put(linkedid, together));
        }
        // As they were read: rows without position have no other order, in whichever of the calls they are
        rows.forEach(row -> groups.get(row.callKey().linkedid()).add(row));
        for (List<String> linkedids : tied) {
            linkedids.forEach(linkedid -> calls.add(CallRows.of(new CallKey(pbx, linkedid), groups.get(linkedid))));
        }
    }
}
