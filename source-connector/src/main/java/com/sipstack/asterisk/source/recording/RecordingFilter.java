package com.sipstack.asterisk.source.recording;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Which files are recordings that are wanted.
 *
 * @param extensions in lower case, without dot
 * @param include a name must have one of them somewhere; any name will do if there is none
 * @param exclude a name must have none of them
 * @param minSize bytes
 * @param minAge since the last change
 * @param maxAge since the last change
 * @param openAge for how long a file without lengths in its header may be one that Asterisk still writes to
 * @param minDuration of the audio
 */
record RecordingFilter(
        Set<String> extensions,
        List<Pattern> include,
        List<Pattern> exclude,
        long minSize,
        Duration minAge,
        Duration maxAge,
        Duration openAge,
        Duration minDuration) {
    /** What speaks against a name; empty if nothing does. */
    Optional<LeftOut> judgeName(String name) {
        if (!extensions.contains(extension(name))) {
            return Optional.of(LeftOut.OTHER_EXTENSION);
        }
        boolean isWanted = include.isEmpty() || isFound(include, name);
        return isWanted && !isFound(exclude, name) ? Optional.empty() : Optional.of(LeftOut.PATTERN);
    }

    /**
     * What speaks against a file; empty if nothing does, as far as size and age go.
     *
     * @param lastLook when it was last seen what there is: what was not too old then does not get so unseen
     */
    Optional<LeftOut> judge(FileVersion version, Instant now, Instant lastLook) {
        if (age(version, lastLook).compareTo(maxAge) > 0) {
            return Optional.of(LeftOut.TOO_OLD);
        }
        if (age(version, now).compareTo(minAge) < 0) {
            return Optional.of(LeftOut.TOO_YOUNG);
        }
        return version.size() < minSize ? Optional.of(LeftOut.TOO_SMALL) : Optional.empty();
    }

    /** What speaks against a file's audio; empty if nothing does. A length that is not known is long enough. */
    Optional<LeftOut> judge(Audio audio, FileVersion version, Instant now) {
        if (audio.isOpen() && age(version, now).compareTo(openAge) < 0) {
            return Optional.of(LeftOut.OPEN);
        }
        double least = minDuration.toMillis() / 1000.0;
        return audio.seconds().isPresent() && audio.seconds().getAsDouble() < least
                ? Optional.of(LeftOut.TOO_SHORT)
                : Optional.empty();
    }

    static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static Duration age(FileVersion version, Instant now) {
        return Duration.ofMillis(now.toEpochMilli() - TimeUnit.MICROSECONDS.toMillis(version.modified()));
    }

    private static boolean isFound(List<Pattern> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(name).find());
    }
}
