package com.sipstack.asterisk.assembler.files;

import com.sipstack.asterisk.assembler.interpret.CallRows;
import com.sipstack.asterisk.assembler.interpret.CallTies;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Row;
import java.util.ArrayList;
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
        Map<String, List<Row>> byLinkedid = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> row.callKey().linkedid(), LinkedHashMap::new, Collectors.toList()));
        for (List<String> tied : CallTies.of(rows).groups()) {
            List<Row> together =
                    tied.stream().map(byLinkedid::get).flatMap(List::stream).toList();
            tied.forEach(linkedid -> calls.add(CallRows.of(new CallKey(pbx, linkedid), together)));
        }
    }
}
