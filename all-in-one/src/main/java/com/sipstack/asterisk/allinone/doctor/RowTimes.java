package com.sipstack.asterisk.allinone.doctor;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Whether rows still come, whether the PBX's clock is right, and whether their local times are those of the time zone that was set. */
final class RowTimes {
    private static final Duration QUIET = Duration.ofDays(1);
    private static final Duration SAME_TIME = Duration.ofMinutes(1);

    private final String origin;
    private final Optional<String> timezone;
    private final Clock clock;

    /** @param origin of the rows: a table's or a file's name */
    RowTimes(String origin, Optional<String> timezone, Clock clock) {
        this.origin = origin;
        this.timezone = timezone.filter(zone -> !zone.equalsIgnoreCase("auto"));
        this.clock = clock;
    }

    void tell(TableRows rows, Findings out) {
        if (rows.rows().isEmpty()) {
            out.warning(origin + " is empty", "Right for a new PBX. Else Asterisk writes somewhere else.");
            return;
        }
        rows.newestChannel().ifPresent(newest -> tellAge(newest, out));
        if (rows.hasLocalTimes()) {
            tellZone(rows, out);
        } else {
            out.ok(origin + " has times that say their zone themselves");
        }
    }

    private void tellAge(Instant newest, Findings out) {
        Duration age = Duration.between(newest, clock.instant());
        if (age.compareTo(SAME_TIME.negated()) < 0) {
            out.warning(
                    "the PBX's clock is " + Ages.of(age.negated()) + " ahead of this machine's",
                    "Let both follow the same time servers (NTP).");
        } else if (age.compareTo(QUIET) > 0) {
            out.warning(
                    origin + ": the newest row is of a channel of " + Ages.of(age) + " ago",
                    "If there were calls since, Asterisk no longer writes here: its log, and cdr show status, tell why.");
        } else {
            out.ok(origin + ": the newest row is of a channel of " + Ages.of(age) + " ago");
        }
    }

    private void tellZone(TableRows rows, Findings out) {
        Optional<ZoneOffset> offset = rows.offset();
        if (offset.isPresent()) {
            tellZone(offset.get(), rows.newestChannel().orElseThrow(), out);
        } else if (timezone.isEmpty()) {
            out.warning(
                    origin
                            + " does not show in which time zone it is written: its uniqueids are none of Asterisk's own",
                    "Set TIMEZONE to the PBX's, such as America/Toronto.");
        }
    }

    private void tellZone(ZoneOffset written, Instant when, Findings out) {
        if (timezone.isEmpty()) {
            out.ok(origin + " is written in " + utc(written) + ", by its uniqueids");
            return;
        }
        try {
            ZoneOffset set = ZoneId.of(timezone.get()).getRules().getOffset(when);
            if (set.equals(written)) {
                out.ok(origin + " is written in the time of " + timezone.get());
            } else {
                out.error(
                        origin + " is written in " + utc(written) + ", but TIMEZONE=" + timezone.get() + " is "
                                + utc(set),
                        "All times of calls are wrong by the difference. Leave TIMEZONE out: the rows tell it.");
            }
        } catch (DateTimeException e) {
            out.error("TIMEZONE: '" + timezone.get() + "' is no time zone", "Such as America/Toronto, or auto.");
        }
    }

    private static String utc(ZoneOffset offset) {
        return offset.equals(ZoneOffset.UTC) ? "UTC" : "UTC" + offset;
    }
}
