package com.sipstack.asterisk.source.database;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ids for which no row was seen, though one with a larger id was: a transaction may still run that commits one, or none ever
 * will (rolled back, deleted, never given out).
 *
 * @param first the least of them
 * @param last the greatest of them
 * @param step from one to the next; 1 but for several ids of servers that each give out every nth
 * @param since when a row with a larger id had been seen, by our clock, to the millisecond
 */
record IdGap(long first, long last, int step, Instant since) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,18})(?:-(\\d{1,18})(?:/(\\d{1,9}))?)?");

    IdGap {
        requireNonNull(since, "since is null");
        if (first < 1 || last < first || step < 1 || (last - first) % step != 0) {
            throw new IllegalArgumentException(
                    "ids " + first + " to " + last + " by " + step + " are no gap: positive, rising and in step");
        }
        step = first == last ? 1 : step;
        since = since.truncatedTo(ChronoUnit.MILLIS);
    }

    /** @throws IllegalArgumentException if the text is none of {@link #ids} */
    static IdGap parse(String ids, Instant since) {
        Matcher matcher = FORM.matcher(ids);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "gap '" + ids + "' is not <id>, <first>-<last> or <first>-<last>/<step>");
        }
        long first = Long.parseLong(matcher.group(1));
        long last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
        int step = matcher.group(3) == null ? 1 : Integer.parseInt(matcher.group(3));
        return new IdGap(first, last, step, since);
    }

    /** How many ids. */
    long count() {
        return (last - first) / step + 1;
    }

    boolean contains(long id) {
        return id >= first && id <= last && (id - first) % step == 0;
    }

    /** What stays open once a row of it has come: nothing, one gap or two. */
    List<IdGap> without(long id) {
        return Stream.of(between(first, id - step), between(id + step, last))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The part up to an id; empty if it begins later. */
    Optional<IdGap> upTo(long id) {
        return id >= last ? Optional.of(this) : between(first, id - Math.floorMod(id - first, step));
    }

    /** Such as {@code 7}, {@code 7-9} or, by threes, {@code 7-13/3}. */
    String ids() {
        if (first == last) {
            return Long.toString(first);
        }
        return first + "-" + last + (step == 1 ? "" : "/" + step);
    }

    /** What SQL selects the rows of gaps by, on any server. */
    static String condition(List<IdGap> gaps) {
        return gaps.stream().map(IdGap::condition).collect(Collectors.joining(" OR "));
    }

    private String condition() {
        if (first == last) {
            return "id = " + first;
        }
        String range = "id BETWEEN " + first + " AND " + last;
        return step == 1 ? "(" + range + ")" : "(" + range + " AND MOD(id, " + step + ") = " + first % step + ")";
    }

    private Optional<IdGap> between(long from, long to) {
        return from > to ? Optional.empty() : Optional.of(new IdGap(from, to, step, since));
    }
}
