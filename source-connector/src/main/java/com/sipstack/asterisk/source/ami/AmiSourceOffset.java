package com.sipstack.asterisk.source.ami;

import com.sipstack.asterisk.source.fleet.StoredFields;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How far a PBX was listened to. Nothing can be heard twice: where listening begins again, what was said in between is a gap.
 *
 * @param heardUntil by our clock, to the millisecond
 */
public record AmiSourceOffset(Instant heardUntil) {
    private static final String VERSION = "version";
    private static final long CURRENT_VERSION = 1;
    private static final String HEARD_UNTIL = "heard.until.ms";

    public Map<String, Object> toMap() {
        Map<String, Object> map = new HashMap<>();
        map.put(VERSION, CURRENT_VERSION);
        map.put(HEARD_UNTIL, heardUntil.toEpochMilli());
        return map;
    }

    /** @throws IllegalArgumentException if it is no offset of this connector's; names the fault */
    public static AmiSourceOffset fromMap(Map<String, ?> map) {
        StoredFields fields = new StoredFields("source offset", map);
        fields.requireVersion(VERSION, CURRENT_VERSION);
        return new AmiSourceOffset(Instant.ofEpochMilli(fields.number(HEARD_UNTIL)));
    }
}
