package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.assembler.CorpusRows;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The corpus's calls: the rows of linkedids that are tied together go to each of them. */
final class CorpusCalls {
    static final String PBX = "pbx-east";

    private CorpusCalls() {}

    static List<CallRows> of(Corpus corpus) {
        return group(CorpusRows.inOrderOfArrival(corpus, PBX));
    }

    static List<CallRows> of(Corpus corpus, LogMask mask) {
        return group(CorpusRows.inOrderOfArrival(corpus, PBX).stream()
                .filter(mask::logs)
                .toList());
    }

    static List<CallRows> group(Collection<Row> rows) {
        Map<String, List<Row>> byLinkedid = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> row.callKey().linkedid(), LinkedHashMap::new, Collectors.toList()));
        List<CallRows> calls = new ArrayList<>();
        for (List<String> tied : CallTies.of(rows).groups()) {
            List<Row> together =
                    tied.stream().map(byLinkedid::get).flatMap(List::stream).toList();
            tied.forEach(linkedid -> calls.add(CallRows.of(new CallKey(PBX, linkedid), together)));
        }
        return calls;
    }

    static <T> Map<String, T> byLinkedid(List<CallRows> calls, Function<CallRows, T> reading) {
        Map<String, T> read = new LinkedHashMap<>();
        calls.forEach(call -> read.put(call.key().linkedid(), reading.apply(call)));
        return read;
    }
}
