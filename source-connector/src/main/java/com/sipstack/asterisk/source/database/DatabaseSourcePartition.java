package com.sipstack.asterisk.source.database;

import static java.util.Objects.requireNonNull;

import com.sipstack.asterisk.model.Pbx;
import com.sipstack.asterisk.source.fleet.StoredFields;
import java.util.HashMap;
import java.util.Map;

/**
 * What an offset is of: a table of a PBX.
 *
 * @param pbx the PBX's configured name
 * @param table as configured
 */
public record DatabaseSourcePartition(String pbx, String table) {
    private static final String VERSION = "version";
    private static final long CURRENT_VERSION = 1;
    private static final String PBX = "pbx";
    private static final String TABLE = "table";

    public DatabaseSourcePartition {
        Pbx.requireName(pbx);
        requireNonNull(table, "table is null");
        if (table.isBlank()) {
            throw new IllegalArgumentException("table is blank");
        }
    }

    /** A HashMap, as Connect's own JSON reader makes: Connect finds an offset by its partition's bytes, order of keys included. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new HashMap<>();
        map.put(VERSION, CURRENT_VERSION);
        map.put(PBX, pbx);
        map.put(TABLE, table);
        return map;
    }

    /** @throws IllegalArgumentException if it is no partition of this connector's; names the fault */
    public static DatabaseSourcePartition fromMap(Map<String, ?> map) {
        StoredFields fields = new StoredFields("source partition", map);
        fields.requireVersion(VERSION, CURRENT_VERSION);
        return new DatabaseSourcePartition(fields.text(PBX), fields.text(TABLE));
    }
}
