package com.sipstack.asterisk.source.fleet;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Up to which id a table was read by when: about one entry a minute, as far back as a rewind may have to go. Kept as the text
 * that it is in an offset, {@code <milliseconds>=<id>} with spaces between, oldest first, since every row's offset has it.
 */
public record Checkpoints(String text) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,18}=\\d{1,19}( \\d{1,18}=\\d{1,19})*)?");
    private static final Duration SHORTEST_SPACING = Duration.ofMinutes(1);
    /** However long the lookback, an offset stays small. */
    private static final int MOST_IN_LOOKBACK = 20;

    public static final Checkpoints NONE = new Checkpoints("");

    public Checkpoints {
        requireNonNull(text, "text is null");
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "checkpoints '" + text + "' are not <milliseconds>=<id>, spaces between");
        }
    }

    private record Entry(Instant at, long id) {
        static Entry parse(String text) {
            String[] parts = text.split("=", 2);
            return new Entry(Instant.ofEpochMilli(Long.parseLong(parts[0])), Long.parseLong(parts[1]));
        }

        @Override
        public String toString() {
            return at.toEpochMilli() + "=" + id;
        }
    }

    /** With an entry for now if the last is old enough, and without those that no rewind needs. */
    public Checkpoints plus(Instant now, long id, Duration lookback) {
        // Asked for every batch of rows: the others are not read for it
        String last = text.substring(text.lastIndexOf(' ') + 1);
        if (!last.isEmpty() && now.isBefore(Entry.parse(last).at().plus(spacing(lookback)))) {
            return this;
        }
        List<Entry> entries = entries();
        entries.add(new Entry(now, id));
        while (entries.size() > 1 && !entries.get(1).at().isAfter(now.minus(lookback))) {
            entries.remove(0);
        }
        return of(entries);
    }

    /** The id of the youngest entry of that time or earlier, else of the oldest one; empty if there are none. */
    public OptionalLong idAt(Instant time) {
        List<Entry> entries = upTo(time);
        return entries.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(last(entries).id());
    }

    /** Without the entries after that time, the oldest excepted. */
    public Checkpoints until(Instant time) {
        return of(upTo(time));
    }

    /** Without the entries beyond an id. */
    public Checkpoints upTo(long id) {
        return of(entries().stream().filter(entry -> entry.id() <= id).toList());
    }

    /** The id of the youngest entry; empty if there are none. */
    public OptionalLong latest() {
        List<Entry> entries = entries();
        return entries.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(last(entries).id());
    }

    /** Whether nothing is known of that time or earlier. */
    public boolean beginsAfter(Instant time) {
        List<Entry> entries = entries();
        return entries.isEmpty() || entries.get(0).at().isAfter(time);
    }

    private List<Entry> upTo(Instant time) {
        List<Entry> entries = entries();
        while (entries.size() > 1 && last(entries).at().isAfter(time)) {
            entries.remove(entries.size() - 1);
        }
        return entries;
    }

    private List<Entry> entries() {
        return text.isEmpty()
                ? new ArrayList<>()
                : Arrays.stream(text.split(" ", -1)).map(Entry::parse).collect(Collectors.toCollection(ArrayList::new));
    }

    private static Checkpoints of(List<Entry> entries) {
        return new Checkpoints(entries.stream().map(Entry::toString).collect(Collectors.joining(" ")));
    }

    private static Entry last(List<Entry> entries) {
        return entries.get(entries.size() - 1);
    }

    private static Duration spacing(Duration lookback) {
        Duration even = lookback.dividedBy(MOST_IN_LOOKBACK);
        return even.compareTo(SHORTEST_SPACING) > 0 ? even : SHORTEST_SPACING;
    }
}
