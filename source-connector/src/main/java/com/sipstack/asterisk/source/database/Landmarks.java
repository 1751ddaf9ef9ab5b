package com.sipstack.asterisk.source.database;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * What the rows at a few ids looked like: at the last one read, and before it at about every doubling of the distance. A table
 * that shows others there is not the one that was read. Kept as the text that it is in an offset, {@code <id>=<fingerprint>}
 * with spaces between, by rising id.
 */
record Landmarks(String text) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,19}=[0-9a-f]{1,8}( \\d{1,19}=[0-9a-f]{1,8})*)?");

    /** Beside the oldest. Enough to reach back however long the table is: a replica may lag by more rows than one thinks. */
    private static final int MOST = 40;

    static final Landmarks NONE = new Landmarks("");

    Landmarks {
        requireNonNull(text, "text is null");
    }

    /** @throws IllegalArgumentException if the text has another form; names it */
    static Landmarks parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("landmarks '" + text + "' are not <id>=<fingerprint>, spaces between");
        }
        return new Landmarks(text);
    }

    /** One of them. */
    record Landmark(long id, String fingerprint) {
        boolean isAt(TableRow row, RowKind kind) {
            return fingerprint.equals(fingerprintOf(row, kind));
        }

        private static Landmark of(String text) {
            String[] parts = text.split("=", 2);
            return new Landmark(Long.parseLong(parts[0]), parts[1]);
        }

        @Override
        public String toString() {
            return id + "=" + fingerprint;
        }
    }

    /** Whether a row is the last one, as it was read. */
    boolean endAt(TableRow row, RowKind kind) {
        String last = text.substring(text.lastIndexOf(' ') + 1);
        return last.equals(landmarkOf(row, kind));
    }

    /** With the last of some rows, and others at doubling distances from it. Their ids rise, and are larger than all so far. */
    Landmarks and(List<TableRow> rows, RowKind kind) {
        Deque<String> added = new ArrayDeque<>();
        int last = rows.size() - 1;
        for (int distance = 0; distance <= last; distance = Math.max(1, 2 * distance)) {
            TableRow row = rows.get(last - distance);
            added.addFirst(landmarkOf(row, kind));
        }
        return new Landmarks((text.isEmpty() ? "" : text + " ") + String.join(" ", added));
    }

    /** Without those that stand too close together; the oldest stays. */
    Landmarks thinned() {
        List<Landmark> kept = new ArrayList<>();
        List<Landmark> all = latestFirst();
        for (Landmark landmark : all) {
            long distance = all.get(0).id() - landmark.id();
            long previous = kept.isEmpty()
                    ? -1
                    : all.get(0).id() - kept.get(kept.size() - 1).id();
            boolean isOldest = landmark.id() == all.get(all.size() - 1).id();
            if (isOldest || (distance >= 2 * previous && kept.size() < MOST)) {
                kept.add(landmark);
            }
        }
        return ofLatestFirst(kept);
    }

    Landmarks upTo(long id) {
        return ofLatestFirst(
                latestFirst().stream().filter(landmark -> landmark.id() <= id).toList());
    }

    List<Landmark> latestFirst() {
        List<Landmark> landmarks = new ArrayList<>();
        if (!text.isEmpty()) {
            Arrays.stream(text.split(" ", -1)).map(Landmark::of).forEach(landmark -> landmarks.add(0, landmark));
        }
        return landmarks;
    }

    private static String landmarkOf(TableRow row, RowKind kind) {
        return row.id() + "=" + fingerprintOf(row, kind);
    }

    /** Of what stays the same when the columns' types are changed: of the time only where there is no uniqueid. */
    private static String fingerprintOf(TableRow row, RowKind kind) {
        String uniqueid = row.text("uniqueid");
        String told = uniqueid == null || uniqueid.isBlank() ? String.valueOf(row.text(kind.timeColumn())) : uniqueid;
        CRC32 sum = new CRC32();
        sum.update(told.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }

    private static Landmarks ofLatestFirst(List<Landmark> landmarks) {
        List<String> texts =
                landmarks.stream().map(Landmark::toString).collect(Collectors.toCollection(ArrayList::new));
        Collections.reverse(texts);
        return new Landmarks(String.join(" ", texts));
    }
}
