package com.sipstack.asterisk.source.debezium;

import com.sipstack.asterisk.source.debezium.TableChange.RowErased;
import com.sipstack.asterisk.source.debezium.TableChange.TableEmptied;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts deletions and says so in the log, once a minute at most: archiving a month of calls is a million of them. */
final class IgnoredChanges {
    private static final Logger LOG = LoggerFactory.getLogger(IgnoredChanges.class);
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private long untold;
    private long total;
    private Instant nextWord = Instant.MIN;

    IgnoredChanges(InstantSource clock) {
        this.clock = clock;
    }

    /** @return whether the log says so */
    boolean erased(RowErased change) {
        untold++;
        total++;
        Instant now = clock.instant();
        if (now.isBefore(nextWord)) {
            return false;
        }
        say(change.server());
        nextWord = now.plus(SILENCE);
        return true;
    }

    /** Rare, and always worth a word: what comes now may have ids that were there before. */
    void emptied(TableEmptied change) {
        LOG.warn(
                "Server {}: table {} was emptied, which undoes no call. If its ids begin again, raise {}",
                change.server(),
                change.table().name(),
                AsteriskRowConfig.EPOCH);
    }

    /** Deletions so far. */
    long total() {
        return total;
    }

    void close() {
        if (untold > 0) {
            LOG.info("{} more deletions ignored, {} since the start", untold, total);
            untold = 0;
        }
    }

    private void say(String server) {
        LOG.info(
                "Server {}: {} more deletions ignored, {} since the start: a call that is archived has been made nonetheless",
                server,
                untold,
                total);
        untold = 0;
    }
}
