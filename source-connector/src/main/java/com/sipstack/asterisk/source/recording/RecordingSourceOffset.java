package com.sipstack.asterisk.source.recording;

import com.sipstack.asterisk.source.fleet.StoredFields;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * When something of a PBX was last sent. Which files were, the worker's ledger knows, and the receipts do: an offset for each of a million
 * files would be too much for Connect. It tells a ledger that was lost from one that was never begun.
 *
 * @param sentAt by our clock, to the millisecond
 */
public record RecordingSourceOffset(Instant sentAt) {
    private static final String VERSION = "version";
    private static final long CURRENT_VERSION = 1;
    private static final String SENT_AT = "sent.at.ms";

    public Map<String, Object> toMap() {
        Map<String, Object> map = new HashMap<>();
        map.put(VERSION, CURRENT_VERSION);
        map.put(SENT_AT, sentAt.toEpochMilli());
        return map;
    }

    /** @throws IllegalArgumentException if it is no offset of this connector's; names the fault */
    public static RecordingSourceOffset fromMap(Map<String, ?> map) {
        StoredFields fields = new StoredFields("source offset", map);
        fields.requireVersion(VERSION, CURRENT_VERSION);
        return new RecordingSourceOffset(Instant.ofEpochMilli(fields.number(SENT_AT)));
    }
}
