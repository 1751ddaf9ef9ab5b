package com.sipstack.asterisk.allinone.doctor;

import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.UniqueId;
import com.sipstack.asterisk.model.WrittenTime;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The newest rows of a table or a file, in any order: how old they are, and in which zone their times are written. */
record TableRows(TableKind kind, List<Row> rows) {
    private static final int QUARTER_HOUR = 900;
    /** Between a channel's creation, to the second, and the time of a row that came at once. */
    private static final int AT_ONCE = 60;

    private static final Set<CelEventType> ENDS = Set.of(CelEventType.LINKEDID_END);

    TableRows {
        rows = List.copyOf(rows);
    }

    /**
     * Of a row what there is to look at; any of it may be null.
     *
     * @param duration of a CDR, in seconds
     */
    record Row(String time, String uniqueid, String eventType, String duration) {
        Optional<LocalDateTime> local() {
            return WrittenTime.parse(time)
                    .filter(WrittenTime.Local.class::isInstance)
                    .map(written -> ((WrittenTime.Local) written).time());
        }

        Optional<Instant> created() {
            return UniqueId.parse(uniqueid).map(id -> Instant.ofEpochSecond(id.epochSecond()));
        }

        private Optional<LocalDateTime> end() {
            boolean isNumber = duration != null && duration.matches("\\d{1,9}(\\.\\d{1,9})?");
            return local().map(start -> start.plusSeconds(isNumber ? new BigDecimal(duration).longValue() : 0));
        }

        /** Local time less UTC, to the quarter of an hour; empty if the row came too long after its channel to tell it. */
        private Optional<ZoneOffset> offset() {
            return local().flatMap(written -> created().flatMap(created -> {
                long seconds = written.toEpochSecond(ZoneOffset.UTC) - created.getEpochSecond();
                long rounded = Math.round((double) seconds / QUARTER_HOUR) * QUARTER_HOUR;
                boolean isPossible = Math.abs(rounded) <= ZoneOffset.MAX.getTotalSeconds();
                return Math.abs(seconds - rounded) <= AT_ONCE && isPossible
                        ? Optional.of(ZoneOffset.ofTotalSeconds((int) rounded))
                        : Optional.empty();
            }));
        }
    }

    /** When the newest channel was created, by the PBX's clock. */
    Optional<Instant> newestChannel() {
        return rows.stream().flatMap(row -> row.created().stream()).max(Comparator.naturalOrder());
    }

    /** When the newest leg or call ended, in the PBX's local time. */
    Optional<LocalDateTime> newestEnd() {
        Stream<Row> ended = kind == TableKind.CDR
                ? rows.stream()
                : rows.stream().filter(row -> ENDS.contains(CelEventType.of(row.eventType())));
        return ended.flatMap(row -> row.end().stream()).max(Comparator.naturalOrder());
    }

    /** What most rows say; empty if none says it. */
    Optional<ZoneOffset> offset() {
        Map<ZoneOffset, Long> votes = rows.stream()
                .flatMap(row -> row.offset().stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return votes.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    boolean hasLocalTimes() {
        return rows.stream().anyMatch(row -> row.local().isPresent());
    }

    /** All kinds of events among the rows. */
    Set<CelEventType> eventTypes() {
        return rows.stream()
                .map(Row::eventType)
                .filter(Objects::nonNull)
                .map(CelEventType::of)
                .collect(Collectors.toSet());
    }
}
