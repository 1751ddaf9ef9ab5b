package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.model.Topics;
import com.sipstack.asterisk.source.fleet.StartFrom;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How to read one PBX.
 *
 * @param pbx its name
 * @param startEpochs of tables that were never read, by name; 0 where there is none
 * @param pollInterval to wait at most once everything was read
 * @param batchRows how many rows of a table to read at once
 */
record PbxConfig(
        String pbx,
        DatabaseLogin login,
        List<AsteriskTable> tables,
        StartFrom startFrom,
        Map<String, Integer> startEpochs,
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
        startEpochs = Map.copyOf(startEpochs);
    }

    /** What is set of where reading begins and ends. */
    String range() {
        String begin = DatabaseSettings.START_FROM.key() + "=" + startFrom;
        return limits.endAt()
                .map(end -> begin + ", " + DatabaseSettings.END_AT.key() + "=" + end)
                .orElse(begin);
    }
}
