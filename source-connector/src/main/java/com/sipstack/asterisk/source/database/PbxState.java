package com.sipstack.asterisk.source.database;

import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log when a PBX's database begins to fail, fails otherwise, or answers again; and not each time. Not thread-safe. */
final class PbxState {
    private static final Logger LOG = LoggerFactory.getLogger(PbxState.class);

    private final String pbx;
    private final String place;
    private boolean hasRead;
    private int failures;
    private String lastFault = "";

    PbxState(String pbx, String place) {
        this.pbx = pbx;
        this.place = place;
    }

    void reads() {
        if (failures > 0) {
            LOG.info("PBX {}: {} answers again, after {} attempts that failed", pbx, place, failures);
        } else if (!hasRead) {
            LOG.info("PBX {}: {} answers", pbx, place);
        }
        hasRead = true;
        failures = 0;
        lastFault = "";
    }

    void fails(SQLException e) {
        failures++;
        String fault = e.getSQLState() + "/" + e.getErrorCode();
        if (!fault.equals(lastFault)) {
            LOG.warn(
                    "PBX {}: {} cannot be read and will be asked until it can: {}", pbx, place, DatabaseFault.words(e));
            LOG.debug("PBX {}: the cause", pbx, e);
            lastFault = fault;
        }
    }
}
