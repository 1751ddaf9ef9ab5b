package com.sipstack.asterisk.source.recording;

import com.sipstack.asterisk.source.database.ZoneRule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * When recordings began, from the local times in their names. Without a configured zone, the file itself tells by how much local time is
 * ahead of UTC: its last change is the recording's end.
 */
record StartTime(ZoneRule zone) {
    /** All zones of today are ahead of UTC, or behind, by a multiple of this. */
    private static final Duration STEP = Duration.ofMinutes(15);
    /** A file that was copied, or has pauses in it, ends at another time than it says: then it tells nothing. */
    private static final Duration TOLERANCE = Duration.ofMinutes(2);

    private static final Duration MOST = Duration.ofHours(15);

    /** @return UTC microseconds since 1970 */
    long of(LocalDateTime written, OptionalDouble seconds, FileVersion version) {
        Instant start = zone.fixed()
                .map(fixed -> written.atZone(fixed).toInstant())
                .orElseGet(() -> told(written, seconds, version));
        return ChronoUnit.MICROS.between(Instant.EPOCH, start);
    }

    private Instant told(LocalDateTime written, OptionalDouble seconds, FileVersion version) {
        Instant asUtc = written.toInstant(ZoneOffset.UTC);
        if (seconds.isPresent()) {
            Instant ended = Instant.ofEpochMilli(TimeUnit.MICROSECONDS.toMillis(version.modified()));
            Instant began = ended.minusMillis(Math.round(seconds.getAsDouble() * 1000));
            long steps = Math.round((double) Duration.between(began, asUtc).toMillis() / STEP.toMillis());
            Duration ahead = STEP.multipliedBy(steps);
            Duration rest = Duration.between(began.plus(ahead), asUtc).abs();
            if (ahead.abs().compareTo(MOST) <= 0 && rest.compareTo(TOLERANCE) <= 0) {
                return asUtc.minus(ahead);
            }
        }
        return written.atZone(zone.fallback()).toInstant();
    }
}
