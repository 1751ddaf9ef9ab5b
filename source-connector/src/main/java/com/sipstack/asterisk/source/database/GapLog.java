package com.sipstack.asterisk.source.database;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log which ids of a table are no longer waited for, in a line a minute at most. For one thread at a time. */
final class GapLog {
    private static final Logger LOG = LoggerFactory.getLogger(GapLog.class);
    private static final Duration SPACING = Duration.ofMinutes(1);
    private static final int MOST_IN_A_LINE = 20;

    private final String label;
    private final GapRule rule;
    private final Silence silence = new Silence();
    private final Silence silenceOnExcess = new Silence();

    /** @param label names PBX and table */
    GapLog(String label, GapRule rule) {
        this.label = label;
        this.rule = rule;
    }

    /** The time since a line was written, and the gaps that it did not name. */
    private static final class Silence {
        private Instant last = Instant.MIN;
        private long gaps;

        boolean isOver(List<IdGap> expired, Instant now) {
            if (expired.isEmpty()) {
                return false;
            }
            if (last.plus(SPACING).isAfter(now)) {
                gaps += expired.size();
                return false;
            }
            last = now;
            return true;
        }

        /** Such as {@code 5,7-9 and of 3 more gaps}. */
        String ids(List<IdGap> expired) {
            List<IdGap> named = expired.subList(0, Math.min(MOST_IN_A_LINE, expired.size()));
            long more = gaps + expired.size() - named.size();
            gaps = 0;
            return OpenGaps.ids(named) + (more == 0 ? "" : " and of " + more + " more gaps");
        }
    }

    /** They have waited long enough. */
    void late(List<IdGap> gaps, Instant now) {
        if (silence.isOver(gaps, now)) {
            LOG.info("{}: no row came for ids {}: rolled back, deleted or never given out", label, silence.ids(gaps));
        }
    }

    /** They were too many. */
    void excess(List<IdGap> gaps, Instant now) {
        if (silenceOnExcess.isOver(gaps, now)) {
            LOG.warn(
                    "{}: has more gaps than the {} of {}, rows of ids {} are no longer waited for",
                    label,
                    rule.mostRanges(),
                    DatabaseSettings.GAP_MAX_RANGES.key(),
                    silenceOnExcess.ids(gaps));
        }
    }
}
