package com.sipstack.asterisk.source.csv;

import static java.util.Objects.requireNonNull;

import com.sipstack.asterisk.model.Pbx;
import com.sipstack.asterisk.source.fleet.StoredFields;
import java.util.HashMap;
import java.util.Map;

/**
 * What an offset is of: a file that a PBX writes, and those that rotation makes of it; or a pattern, of which it is only kept since
 * when it is followed.
 *
 * @param pbx the PBX's configured name
 * @param path absolute
 */
public record CsvSourcePartition(String pbx, String path) {
    private static final String VERSION = "version";
    private static final long CURRENT_VERSION = 1;
    private static final String PBX = "pbx";
    private static final String PATH = "path";

    public CsvSourcePartition {
        Pbx.requireName(pbx);
        requireNonNull(path, "path is null");
        if (path.isBlank()) {
            throw new IllegalArgumentException("path is blank");
        }
    }

    /** A HashMap, as Connect's own JSON reader makes: Connect finds an offset by its partition's bytes, order of keys included. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new HashMap<>();
        map.put(VERSION, CURRENT_VERSION);
        map.put(PBX, pbx);
        map.put(PATH, path);
        return map;
    }

    /** @throws IllegalArgumentException if it is no partition of this connector's; names the fault */
    public static CsvSourcePartition fromMap(Map<String, ?> map) {
        StoredFields fields = new StoredFields("source partition", map);
        fields.requireVersion(VERSION, CURRENT_VERSION);
        return new CsvSourcePartition(fields.text(PBX), fields.text(PATH));
    }
}
