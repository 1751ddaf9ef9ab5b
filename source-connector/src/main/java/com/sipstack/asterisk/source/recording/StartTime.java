package com.sipstack.asterisk.source.recording;

import com.sipstack.asterisk.model.UniqueId;
import com.sipstack.asterisk.source.database.ZoneRule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * When recordings began, from the local times in their names. Without a configured zone, the uniqueid in the name tells by how much local
 * time is ahead of UTC, as its channel was there shortly before; else the file itself does: its last change is the recording's end.
 */
record StartTime(ZoneRule zone) {
    /** All zones of today are ahead of UTC, or behind, by a multiple of this. */
    private static final Duration STEP = Duration.ofMinutes(15);
    /** A file that was copied, or has pauses in it, ends at another time than it says: then it tells nothing. */
    private static final Duration TOLERANCE = Duration.ofMinutes(2);

    private static final Duration MOST = Duration.ofHours(15);
    /** Both are whole seconds of one clock. */
    private static final Duration ROUNDING = Duration.ofSeconds(2);

    /**
     * UTC microseconds since 1970.
     *
     * @param uniqueid that the name has; null if it has none
     * @param seconds its length
     */
    long of(LocalDateTime written, String uniqueid, OptionalDouble seconds, FileVersion version) {
        Instant start = zone.fixed()
                .map(fixed -> written.atZone(fixed).toInstant())
                .orElseGet(() -> told(written, uniqueid, seconds, version));
        return ChronoUnit.MICROS.between(Instant.EPOCH, start);
    }

    private Instant told(LocalDateTime written, String uniqueid, OptionalDouble seconds, FileVersion version) {
        Instant asUtc = written.toInstant(ZoneOffset.UTC);
        Optional<Duration> byFile = aheadByFile(asUtc, seconds, version);
        return aheadByChannel(asUtc, uniqueid)
                .map(byChannel -> byFile.filter(ahead -> isAfterLongWait(ahead, byChannel))
                        .orElse(byChannel))
                .or(() -> byFile)
                .map(asUtc::minus)
                .orElseGet(() -> written.atZone(zone.fallback()).toInstant());
    }

    /** A file is converted at night, copied, touched: by chance it may then tell anything. */
    private static Optional<Duration> aheadByFile(Instant asUtc, OptionalDouble seconds, FileVersion version) {
        if (seconds.isEmpty()) {
            return Optional.empty();
        }
        Instant ended = Instant.ofEpochMilli(TimeUnit.MICROSECONDS.toMillis(version.modified()));
        Instant began = ended.minusMillis(Math.round(seconds.getAsDouble() * 1000));
        long steps = Math.round((double) Duration.between(began, asUtc).toMillis() / STEP.toMillis());
        Duration ahead = STEP.multipliedBy(steps);
        Duration rest = Duration.between(began.plus(ahead), asUtc).abs();
        return Optional.of(ahead).filter(StartTime::isPossible).filter(told -> rest.compareTo(TOLERANCE) <= 0);
    }

    /** As if the recording began within a step after its channel. */
    private static Optional<Duration> aheadByChannel(Instant asUtc, String uniqueid) {
        return UniqueId.parse(uniqueid)
                .map(id -> Duration.between(Instant.ofEpochSecond(id.epochSecond()), asUtc.plus(ROUNDING)))
                .map(most -> STEP.multipliedBy(Math.floorDiv(most.toSeconds(), STEP.toSeconds())))
                .filter(StartTime::isPossible);
    }

    /** A caller who waited in a queue for long before anything was recorded looks like one in a zone that hardly anybody has. */
    private static boolean isAfterLongWait(Duration byFile, Duration byChannel) {
        return byFile.compareTo(byChannel) < 0 && byFile.toMinutesPart() == 0 && byChannel.toMinutesPart() != 0;
    }

    private static boolean isPossible(Duration ahead) {
        return ahead.abs().compareTo(MOST) <= 0;
    }
}
