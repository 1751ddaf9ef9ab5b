package com.sipstack.asterisk.source.debezium;

import com.sipstack.asterisk.source.database.ColumnValue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Prints times as the database does, out of every encoding that {@code time.precision.mode} has. Debezium counts a local time
 * from 1970 as if it were UTC, and writes it with a Z where it writes text: neither says a zone.
 */
final class ChangedTime {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter TIME_MICROS = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT);

    /** By the names of the schemas. */
    private static final Map<String, Function<Object, String>> ENCODINGS = Map.ofEntries(
            Map.entry("io.debezium.time.Timestamp", value -> dateTime(number(value), ChronoUnit.MILLIS)),
            Map.entry("io.debezium.time.MicroTimestamp", value -> dateTime(number(value), ChronoUnit.MICROS)),
            Map.entry("io.debezium.time.NanoTimestamp", value -> dateTime(number(value), ChronoUnit.NANOS)),
            Map.entry(
                    "io.debezium.time.IsoTimestamp",
                    value -> print(OffsetDateTime.parse(text(value)).toLocalDateTime())),
            Map.entry("org.apache.kafka.connect.data.Timestamp", value -> dateTime(millis(value), ChronoUnit.MILLIS)),
            // A moment that knows its zone is told in UTC
            Map.entry("io.debezium.time.ZonedTimestamp", value -> instant(text(value))),
            Map.entry(
                    "io.debezium.time.Date",
                    value -> LocalDate.ofEpochDay(number(value)).toString()),
            Map.entry("io.debezium.time.IsoDate", value -> text(value).replaceFirst("Z$", "")),
            Map.entry(
                    "org.apache.kafka.connect.data.Date",
                    value -> epoch(millis(value), ChronoUnit.MILLIS)
                            .toLocalDate()
                            .toString()),
            Map.entry("io.debezium.time.Time", value -> time(number(value), ChronoUnit.MILLIS)),
            Map.entry("io.debezium.time.MicroTime", value -> time(number(value), ChronoUnit.MICROS)),
            Map.entry("io.debezium.time.NanoTime", value -> time(number(value), ChronoUnit.NANOS)),
            Map.entry(
                    "io.debezium.time.IsoTime",
                    value -> print(OffsetTime.parse(text(value)).toLocalTime())),
            Map.entry("org.apache.kafka.connect.data.Time", value -> time(millis(value), ChronoUnit.MILLIS)));

    private ChangedTime() {}

    /**
     * @param semanticType the name of the value's schema; may be null
     * @return empty if the value is no time
     */
    static Optional<String> print(String semanticType, Object value) {
        Function<Object, String> encoding = semanticType == null ? null : ENCODINGS.get(semanticType);
        return Optional.ofNullable(encoding).map(printer -> printer.apply(value));
    }

    private static String dateTime(long count, ChronoUnit unit) {
        return print(epoch(count, unit));
    }

    private static LocalDateTime epoch(long count, ChronoUnit unit) {
        return LocalDateTime.ofInstant(Instant.EPOCH.plus(count, unit), ZoneOffset.UTC);
    }

    private static String print(LocalDateTime time) {
        return ColumnValue.print(time);
    }

    private static String time(long count, ChronoUnit unit) {
        return print(LocalTime.MIDNIGHT.plus(count, unit));
    }

    private static String print(LocalTime time) {
        return time.format(time.get(ChronoField.NANO_OF_SECOND) == 0 ? TIME : TIME_MICROS);
    }

    private static String instant(String text) {
        return OffsetDateTime.parse(text).toInstant().toString();
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }

    private static long millis(Object value) {
        return ((Date) value).toInstant().toEpochMilli();
    }

    private static String text(Object value) {
        return (String) value;
    }
}
