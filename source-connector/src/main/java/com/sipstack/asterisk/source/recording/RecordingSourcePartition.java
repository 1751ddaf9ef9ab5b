package com.sipstack.asterisk.source.recording;

import com.sipstack.asterisk.model.Pbx;
import com.sipstack.asterisk.source.fleet.StoredFields;
import java.util.HashMap;
import java.util.Map;

/** What an offset is of: all recordings of a PBX. */
public record RecordingSourcePartition(String pbx) {
    private static final String VERSION = "version";
    private static final long CURRENT_VERSION = 1;
    private static final String PBX = "pbx";

    public RecordingSourcePartition {
        Pbx.requireName(pbx);
    }

    /** A HashMap, as Connect's own JSON reader makes: Connect finds an offset by its partition's bytes, order of keys included. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new HashMap<>();
        map.put(VERSION, CURRENT_VERSION);
        map.put(PBX, pbx);
        return map;
    }

    /** @throws IllegalArgumentException if it is no partition of this connector's; names the fault */
    public static RecordingSourcePartition fromMap(Map<String, ?> map) {
        StoredFields fields = new StoredFields("source partition", map);
        fields.requireVersion(VERSION, CURRENT_VERSION);
        return new RecordingSourcePartition(fields.text(PBX));
    }
}
