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

    /** Empty if the text is null or no time at all. */
    static Optional<WrittenTime> parse(String text) {
        if (text == null) {
            return Optional.empty();
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

    /** The forms that are understood. */
    final class Form {
        /** What cel_custom writes where cel.conf has no dateformat: {@code 1795307557.862330}. */
        private static final Pattern EPOCH = Pattern.compile("(\\d{9,11})(?:\\.(\\d{1,9}))?");

        private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
                .appendPattern("uuuu-MM-dd[ ]['T']HH:mm:ss")
                .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                .appendPattern("[XXX][X]")
                .toFormatter(Locale.ROOT);

        private Form() {}
    }
}
