package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.ChannelName;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.UniqueId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which linkedids of one PBX belong to one call. Asterisk gives channels that meet the oldest linkedid among them, in the middle of
 * their lives: an attended transfer of two calls, a pickup, a parked call that is fetched. What ties linkedids is a channel that
 * had both, or an event of the one that names a channel of the other.
 */
public final class CallTies {
    private static final Comparator<String> OLDEST_FIRST = Comparator.<String>comparingLong(linkedid ->
                    UniqueId.parse(linkedid).map(UniqueId::epochSecond).orElse(Long.MAX_VALUE))
            .thenComparingLong(
                    linkedid -> UniqueId.parse(linkedid).map(UniqueId::sequence).orElse(Long.MAX_VALUE))
            .thenComparing(Comparator.naturalOrder());

    private final Map<String, String> parents = new LinkedHashMap<>();
    private final Map<String, String> linkedidByUniqueid = new HashMap<>();
    private final Map<ChannelName, String> linkedidByName = new HashMap<>();

    private CallTies() {}

    /**
     * Finds the ties among rows of one PBX.
     *
     * @param rows in any order; those of more calls than belong together do no harm, as long as no channel's name is used twice
     */
    public static CallTies of(Collection<? extends Row> rows) {
        CallTies ties = new CallTies();
        rows.forEach(ties::learn);
        rows.forEach(ties::follow);
        return ties;
    }

    /** The linkedids that belong together, oldest first; each alone if nothing ties it. */
    public List<List<String>> groups() {
        Map<String, Set<String>> groups = new LinkedHashMap<>();
        for (String linkedid : parents.keySet()) {
            groups.computeIfAbsent(root(linkedid), root -> new TreeSet<>(OLDEST_FIRST))
                    .add(linkedid);
        }
        return groups.values().stream().map(List::copyOf).toList();
    }

    /** The linkedid whose call tells the whole story: the oldest of those that are tied together. */
    public String survivorOf(String linkedid) {
        return parents.containsKey(linkedid) ? root(linkedid) : linkedid;
    }

    private void learn(Row row) {
        String linkedid = linkedidOf(row);
        if (linkedid == null) {
            return;
        }
        parents.putIfAbsent(linkedid, linkedid);
        if (row.uniqueid() != null) {
            String other = linkedidByUniqueid.putIfAbsent(row.uniqueid(), linkedid);
            tie(linkedid, other);
        }
        if (row instanceof Cel cel) {
            ChannelName.parse(cel.channame()).ifPresent(name -> linkedidByName.putIfAbsent(name, linkedid));
        }
    }

    private static String linkedidOf(Row row) {
        String linkedid = row.linkedid();
        return linkedid == null || linkedid.isBlank() ? row.uniqueid() : linkedid;
    }

    private void follow(Row row) {
        if (row instanceof Cel cel) {
            for (String named : namedIn(cel)) {
                tie(linkedidOf(cel), named);
            }
        }
    }

    /** The linkedids of the channels that an event names. */
    private List<String> namedIn(Cel cel) {
        Stream<String> byUniqueid = NamedChannels.of(cel).stream().map(linkedidByUniqueid::get);
        Stream<String> byName = cel.type() == CelEventType.PARK_END
                ? ChannelName.parse(Extra.of(cel).text("retriever")).map(linkedidByName::get).stream()
                : Stream.empty();
        return Stream.concat(byUniqueid, byName).filter(Objects::nonNull).toList();
    }

    private void tie(String linkedid, String other) {
        if (linkedid == null || other == null) {
            return;
        }
        String a = root(linkedid);
        String b = root(other);
        if (!a.equals(b)) {
            boolean isOlder = OLDEST_FIRST.compare(a, b) < 0;
            parents.put(isOlder ? b : a, isOlder ? a : b);
        }
    }

    private String root(String linkedid) {
        String current = linkedid;
        while (!parents.get(current).equals(current)) {
            parents.put(current, parents.get(parents.get(current)));
            current = parents.get(current);
        }
        return current;
    }
}
