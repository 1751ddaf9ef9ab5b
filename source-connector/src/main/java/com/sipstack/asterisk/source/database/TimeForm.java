package com.sipstack.asterisk.source.database;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * How a table writes its times. Whatever the form, a time is a second on the table's own scale, which is enough to compare its
 * rows with each other without knowing a zone: what a clock of the PBX's zone shows, counted as if that were UTC, or UTC itself.
 */
enum TimeForm {
    /** The PBX's local time, with any fraction. */
    LOCAL {
        @Override
        String print(long second) {
            return LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC).format(SECONDS);
        }

        @Override
        long second(Instant instant, ZoneId zone) {
            return LocalDateTime.ofInstant(instant, zone).toEpochSecond(ZoneOffset.UTC);
        }
    },
    /** The same with a Z for UTC, as times with a zone are read. */
    UTC {
        @Override
        String print(long second) {
            return LOCAL.print(second) + "Z";
        }
    },
    /** Seconds since 1970. */
    EPOCH {
        @Override
        String print(long second) {
            return Long.toString(second);
        }
    };

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final Pattern EPOCH_TEXT = Pattern.compile("\\d{9,11}(\\.\\d{1,9})?");
    private static final int LENGTH_TO_SECOND = 19;

    /** The form of a table's time that could be read. */
    static TimeForm of(String text) {
        if (EPOCH_TEXT.matcher(text).matches()) {
            return EPOCH;
        }
        return text.endsWith("Z") ? UTC : LOCAL;
    }

    /** A time on its table's scale; empty if the text is null or no time. */
    static OptionalLong second(String text) {
        if (text == null) {
            return OptionalLong.empty();
        }
        if (EPOCH_TEXT.matcher(text).matches()) {
            return OptionalLong.of(new BigDecimal(text).longValue());
        }
        return text.length() < LENGTH_TO_SECOND ? OptionalLong.empty() : ofDate(text.substring(0, LENGTH_TO_SECOND));
    }

    /** A second of the scale as the table would write it, or a text that the database sorts just before it. */
    abstract String print(long second);

    /** A moment on the table's scale. */
    long second(Instant instant, ZoneId zone) {
        return instant.getEpochSecond();
    }

    private static OptionalLong ofDate(String text) {
        try {
            return OptionalLong.of(LocalDateTime.parse(text.replace(' ', 'T')).toEpochSecond(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return OptionalLong.empty(); // a zero date, or a word
        }
    }
}
