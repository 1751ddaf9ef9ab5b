package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.model.CelEventType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that several PBXs write into one CEL table that is read as that of one: two channels of different names then begin with
 * one and the same uniqueid, sooner or later. For one thread at a time.
 */
final class NodeWatch {
    /** As many uniqueids are remembered. */
    static final int MEMORY = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(NodeWatch.class);

    private final String label;
    private final Map<String, String> channels = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MEMORY;
        }
    };
    private long collisions;

    /** @param label names PBX and table in the log */
    NodeWatch(String label) {
        this.label = label;
    }

    void observe(TableRow row) {
        String uniqueid = row.text("uniqueid");
        String channel = row.text("channame");
        if (uniqueid == null || channel == null || CelEventType.of(row.text("eventtype")) != CelEventType.CHAN_START) {
            return;
        }
        String earlier = channels.putIfAbsent(uniqueid, channel);
        if (earlier != null && !earlier.equals(channel)) {
            collide();
        }
    }

    /** How many channels began with the uniqueid of another one. */
    long collisions() {
        return collisions;
    }

    private void collide() {
        collisions++;
        if (collisions == 1) {
            LOG.warn(
                    "{}: two channels have the same uniqueid, so several PBXs write into it and their calls cannot be told apart."
                            + " Give each a systemname in asterisk.conf and set {}={}, or {}<name> of a column that tells them apart",
                    label,
                    DatabaseSettings.NODE_FROM.key(),
                    NodeFrom.SYSTEMNAME,
                    NodeFrom.COLUMN);
        } else {
            LOG.debug("{}: {} channels have the uniqueid of another one", label, collisions);
        }
    }
}
