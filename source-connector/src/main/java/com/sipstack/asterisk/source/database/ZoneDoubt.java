package com.sipstack.asterisk.source.database;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices that the zone that is configured for a table is not that of its rows, and says so once. For the thread that reads the table. */
final class ZoneDoubt {
    private static final Logger LOG = LoggerFactory.getLogger(ZoneDoubt.class);
    /** A client that gives channels their uniqueids, or a leg that begins later, deceives now and then; not as often in a row. */
    private static final int CHANNELS_TO_TELL = 3;

    private final String label;
    private final ZoneId configured;
    private final Set<String> against = new HashSet<>();
    private boolean isTold;
    private boolean isContradicted;

    /** @param label names PBX and table in the log */
    ZoneDoubt(String label, ZoneId configured) {
        this.label = label;
        this.configured = configured;
    }

    /** Takes the word of a row that tells an offset. */
    void observe(ZoneOffset told, TableRow row) {
        Instant created = ZoneEvidence.created(row).orElseThrow();
        if (configured.getRules().getOffset(created).equals(told)) {
            against.clear();
            isContradicted = false;
        } else if (!isContradicted && against.add(row.text("uniqueid")) && against.size() >= CHANNELS_TO_TELL) {
            isContradicted = true;
            tell(told);
        }
    }

    /** Whether the rows of late are against the configured zone. */
    boolean isContradicted() {
        return isContradicted;
    }

    private void tell(ZoneOffset told) {
        if (!isTold) {
            isTold = true;
            LOG.warn(
                    "{}: {} is {}, but its rows tell that local time is UTC{}. {} is taken all the same: all its times are wrong"
                            + " unless the PBX's uniqueids are",
                    label,
                    DatabaseSettings.TIMEZONE.key(),
                    configured,
                    told.equals(ZoneOffset.UTC) ? "" : told,
                    configured);
        }
    }
}
