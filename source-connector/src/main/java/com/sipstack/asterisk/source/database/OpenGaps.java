package com.sipstack.asterisk.source.database;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The gaps of a table that may still fill, by rising first id; no id is in two of them. In an offset they are a text,
 * {@code <milliseconds>:<ids>,<ids>} with spaces between, which is made once for all rows that share it. Immutable.
 */
final class OpenGaps {
    static final OpenGaps NONE = new OpenGaps(List.of());

    private static final Pattern GROUP = Pattern.compile("\\d{1,18}:[^:]+");

    private final List<IdGap> gaps;
    /** Null until it is asked for. */
    private String text;

    private OpenGaps(List<IdGap> gaps) {
        this.gaps = gaps;
    }

    static OpenGaps of(Collection<IdGap> gaps) {
        return gaps.isEmpty()
                ? NONE
                : new OpenGaps(gaps.stream()
                        .sorted(Comparator.comparingLong(IdGap::first))
                        .toList());
    }

    /** @throws IllegalArgumentException if the text is none of {@link #text}; names the fault */
    static OpenGaps parse(String text) {
        return text.isEmpty()
                ? NONE
                : of(Arrays.stream(text.split(" ", -1))
                        .flatMap(OpenGaps::parseGroup)
                        .toList());
    }

    List<IdGap> list() {
        return gaps;
    }

    boolean isEmpty() {
        return gaps.isEmpty();
    }

    OpenGaps plus(Collection<IdGap> opened) {
        return opened.isEmpty()
                ? this
                : of(Stream.concat(gaps.stream(), opened.stream()).toList());
    }

    OpenGaps minus(Collection<IdGap> closed) {
        if (closed.isEmpty()) {
            return this;
        }
        List<IdGap> open = new ArrayList<>(gaps);
        open.removeAll(closed);
        return of(open);
    }

    /** Once a row has come. */
    OpenGaps filledAt(long id) {
        Optional<IdGap> filled = gaps.stream().filter(gap -> gap.contains(id)).findFirst();
        return filled.map(gap -> minus(List.of(gap)).plus(gap.without(id))).orElse(this);
    }

    /** Without the ids beyond one. */
    OpenGaps upTo(long id) {
        return gaps.stream().allMatch(gap -> gap.last() <= id)
                ? this
                : of(gaps.stream()
                        .map(gap -> gap.upTo(id))
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** The id up to which nothing is missing, of a table that was read up to the given one. */
    long lowWaterMark(long id) {
        return gaps.isEmpty() ? id : Math.min(id, gaps.get(0).first() - 1);
    }

    String text() {
        if (text == null) {
            Map<Instant, List<IdGap>> groups =
                    gaps.stream().collect(Collectors.groupingBy(IdGap::since, TreeMap::new, Collectors.toList()));
            text = groups.entrySet().stream()
                    .map(group -> group.getKey().toEpochMilli() + ":" + ids(group.getValue()))
                    .collect(Collectors.joining(" "));
        }
        return text;
    }

    /** The ids of gaps, such as {@code 5,7-9}. */
    static String ids(Collection<IdGap> gaps) {
        return gaps.stream().map(IdGap::ids).collect(Collectors.joining(","));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OpenGaps that && gaps.equals(that.gaps);
    }

    @Override
    public int hashCode() {
        return gaps.hashCode();
    }

    @Override
    public String toString() {
        return text();
    }

    private static Stream<IdGap> parseGroup(String group) {
        if (!GROUP.matcher(group).matches()) {
            throw new IllegalArgumentException("gaps '" + group + "' are not <milliseconds>:<ids>,<ids>");
        }
        int colon = group.indexOf(':');
        Instant since = Instant.ofEpochMilli(Long.parseLong(group.substring(0, colon)));
        return Arrays.stream(group.substring(colon + 1).split(",", -1)).map(ids -> IdGap.parse(ids, since));
    }
}
