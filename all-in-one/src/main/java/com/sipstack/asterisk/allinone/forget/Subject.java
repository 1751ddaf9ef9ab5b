package com.sipstack.asterisk.allinone.forget;

import com.sipstack.asterisk.model.CallKey;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Who or what is to be forgotten. It grows while records are read: calls of the numbers, and calls that tell each other's story. */
final class Subject {
    /** As Asterisk makes them: what is around it may be anything. */
    private static final Pattern UNIQUEID = Pattern.compile("[0-9]+\\.[0-9]+");

    private final Numbers numbers;
    private final Set<String> calls = new TreeSet<>();
    /** Of each call those that its documents name. */
    private final Map<String, Set<String>> related = new HashMap<>();

    Subject(Collection<CallKey> calls, Numbers numbers) {
        this.numbers = numbers;
        calls.forEach(call -> this.calls.add(call.toString()));
    }

    /** Takes note of a record's call, if it is of a number's, and of the calls that it is related to. */
    void learn(Content content) {
        content.call().ifPresent(call -> {
            Stream.of("related_linkedids", "merged_into")
                    .flatMap(name -> content.values(name).stream())
                    .forEach(other -> relate(call, new CallKey(call.pbx(), other)));
            if (numbers.isIn(content.text())) {
                calls.add(call.toString());
            }
        });
    }

    private void relate(CallKey one, CallKey other) {
        related.computeIfAbsent(one.toString(), first -> new HashSet<>()).add(other.toString());
        related.computeIfAbsent(other.toString(), first -> new HashSet<>()).add(one.toString());
    }

    /** Those too that are related to them, over others as well. */
    void close() {
        Deque<String> open = new ArrayDeque<>(calls);
        while (!open.isEmpty()) {
            for (String other : related.getOrDefault(open.pop(), Set.of())) {
                if (calls.add(other)) {
                    open.add(other);
                }
            }
        }
    }

    Stream<CallKey> calls() {
        return calls.stream().map(CallKey::parse);
    }

    /** Whether a record says anything of them. */
    boolean isIn(Content content) {
        String text = content.text();
        return numbers.isIn(text) || text.lines().anyMatch(line -> isCall(content.pbx(), line));
    }

    private boolean isCall(String pbx, String line) {
        if (calls.contains(pbx + '|' + line)) {
            return true;
        }
        Matcher uniqueids = UNIQUEID.matcher(line);
        while (uniqueids.find()) {
            if (calls.contains(pbx + '|' + uniqueids.group())) {
                return true;
            }
        }
        return false;
    }
}
