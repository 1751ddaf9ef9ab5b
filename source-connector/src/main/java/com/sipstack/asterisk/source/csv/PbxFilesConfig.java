package com.sipstack.asterisk.source.csv;

import com.sipstack.asterisk.model.Topics;
import com.sipstack.asterisk.source.database.RowKind;
import com.sipstack.asterisk.source.database.ZoneRule;
import com.sipstack.asterisk.source.fleet.Setting;
import com.sipstack.asterisk.source.fleet.StartFrom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How to read one PBX's files.
 *
 * @param pbx its name
 * @param pollInterval to wait once everything was read
 * @param rewindBefore offsets made before this instant are rewound; empty if none is
 * @param lookback how far, counted back from the offset's own time
 */
record PbxFilesConfig(
        String pbx,
        List<Watched> watched,
        StartFrom startFrom,
        Duration pollInterval,
        Optional<Instant> rewindBefore,
        Duration lookback,
        ZoneRule zone,
        Topics topics) {
    PbxFilesConfig {
        watched = List.copyOf(watched);
    }

    /**
     * A path or pattern that is configured.
     *
     * @param setting that names it
     * @param columnsSetting that would name its files' columns
     * @param columns none if the records are to tell them
     */
    record Watched(FilePattern pattern, RowKind kind, Setting setting, Setting columnsSetting, List<String> columns) {}
}
