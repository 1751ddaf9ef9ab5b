package com.sipstack.asterisk.source.recording;

import com.sipstack.asterisk.model.Topics;
import com.sipstack.asterisk.source.fleet.PathPattern;
import java.time.Duration;
import java.util.List;

/**
 * How to treat one PBX's recordings.
 *
 * @param pbx its name
 * @param roots folders to look through
 * @param announceAgain after how long without receipt; zero for never
 * @param isBytes whether values leave as bytes that we wrote, which is what the converter wants
 */
record PbxRecordingsConfig(
        String pbx,
        List<PathPattern> roots,
        RecordingFilter filter,
        Pace pace,
        Duration announceAgain,
        Transport transport,
        int chunkBytes,
        boolean isBytes,
        AfterUpload afterUpload,
        NameReader names,
        StartTime startTime,
        Topics topics) {
    PbxRecordingsConfig {
        roots = List.copyOf(roots);
    }

    /**
     * How often to look.
     *
     * @param interval between two scans
     * @param stability between the two looks that a file must be the same at
     */
    record Pace(Duration interval, Duration stability) {}
}
