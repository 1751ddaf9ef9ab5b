package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.model.Topics;
import com.sipstack.asterisk.source.fleet.StartFrom;
import java.time.Duration;
import java.util.List;

/**
 * How to read one PBX.
 *
 * @param pbx its name
 * @param pollInterval to wait once everything was read
 * @param batchRows how many rows of a table to read at once
 */
record PbxConfig(
        String pbx,
        DatabaseLogin login,
        List<AsteriskTable> tables,
        StartFrom startFrom,
        Duration pollInterval,
        int batchRows,
        ZoneRule zone,
        Topics topics,
        Rewind rewind,
        GapRule gaps,
        ReadingLimits limits,
        KeylessWindow keyless,
        NodeFrom nodeFrom) {
    PbxConfig {
        tables = List.copyOf(tables);
    }
}
