package com.sipstack.asterisk.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time as a PBX wrote it. */
public sealed interface WrittenTime permits WrittenTime.Local, WrittenTime.Absolute {
    /** Local time without a zone, which is what Asterisk writes. */
    record Local(LocalDateTime time) implements WrittenTime {
        @Override
        public Instant in(ZoneId zone) {
            return time.atZone(zone).toInstant();
        }
    }

    /** A time that says its moment by itself: an epoch, or one with an offset. */
    record Absolute(Instant instant) implements WrittenTime {
        @Override
        public Instant in(ZoneId zone) {
            return instant;
        }
    }

    /** The moment, if local times are those of the given zone. */
    Instant in(ZoneId zone);

    /**
     * Microseconds since the epoch, the fraction cut off. Of every year that can be written: the JDK's own unit goes by nanoseconds, which
     * end in 2262, and a PBX's clock or a table's zero date is not bound to that.
     */
    static long micros(Instant moment) {
        return TimeUnit.SECONDS.toMicros(moment.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(moment.getNano());
    }

    /** Empty if the text is null or no time at all. */
    static Optional<WrittenTime> parse(String text) {
        if (text == null) {
            return Optional.empty();
        }
        Optional<WrittenTime> usual = UsualForm.parse(text);
        if (usual.isPresent()) {
            return usual;
        }
        Matcher epoch = Form.EPOCH.matcher(text);
        return epoch.matches() ? Optional.of(ofEpoch(epoch.group(1), epoch.group(2))) : ofDate(text);
    }

    private static WrittenTime ofEpoch(String seconds, String fraction) {
        String nanos = fraction == null ? "0" : (fraction + "000000000").substring(0, 9);
        return new Absolute(Instant.ofEpochSecond(Long.parseLong(seconds), Long.parseLong(nanos)));
    }

    private static Optional<WrittenTime> ofDate(String text) {
        try {
            TemporalAccessor time = Form.DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(
                    time instanceof LocalDateTime local
                            ? new Local(local)
                            : new Absolute(((OffsetDateTime) time).toInstant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** What tables give, {@code 2026-11-21 18:54:48.996147} or without its fraction: read of every row, too often for a formatter. */
    final class UsualForm {
        private static final String SECONDS = "0000-00-00 00:00:00";
        private static final String MICROS = SECONDS + ".000000";

        private UsualForm() {}

        /** Empty if the text has another form, or is of no day or time of day that there is. */
        private static Optional<WrittenTime> parse(String text) {
            if (!fits(text, SECONDS) && !fits(text, MICROS)) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Local(LocalDateTime.of(
                        number(text, 0, 4),
                        number(text, 5, 7),
                        number(text, 8, 10),
                        number(text, 11, 13),
                        number(text, 14, 16),
                        number(text, 17, 19),
                        text.length() == SECONDS.length() ? 0 : 1000 * number(text, 20, 26))));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }

        /** Whether there is a digit wherever the form has one, and the same elsewhere. */
        private static boolean fits(String text, String form) {
            if (text.length() != form.length()) {
                return false;
            }
            for (int i = 0; i < form.length(); i++) {
                char c = text.charAt(i);
                if (form.charAt(i) == '0' ? c < '0' || c > '9' : c != form.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        private static int number(String text, int from, int to) {
            return Integer.parseInt(text, from, to, 10);
        }
    }

    /** All forms that are understood. */
    final class Form {
        /** What cel_custom writes where cel.conf has no dateformat: {@code 1795307557.862330}. */
        private static final Pattern EPOCH = Pattern.compile("(\\d{9,11})(?:\\.(\\d{1,9}))?");

        /** Years of four digits: what is beyond, as PostgreSQL's infinity is to Java, is no moment that can be counted to. */
        private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
                .appendValue(ChronoField.YEAR, 4)
                .appendPattern("-MM-dd[ ]['T']HH:mm:ss")
                .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                .appendPattern("[XXX][X]")
                .toFormatter(Locale.ROOT);

        private Form() {}
    }
}
