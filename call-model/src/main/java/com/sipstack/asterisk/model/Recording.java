package com.sipstack.asterisk.model;

import java.util.Map;

/**
 * A recording's file as it was found on a PBX.
 *
 * @param filePath absolute path on the PBX
 * @param fileSize bytes
 * @param startTime start of the recording, UTC microseconds since 1970; null if unknown
 * @param durationSeconds length of the audio; null if the header does not tell
 * @param uniqueid the channel that was recorded, from the file's name; null if it has none
 * @param linkedid the call, where the file's name or a table tells it; else null
 * @param custom columns of a recordings table that we do not know, by name; never null
 */
public record Recording(
        Provenance provenance,
        String filePath,
        String fileName,
        Long fileSize,
        Long startTime,
        Double durationSeconds,
        String uniqueid,
        String linkedid,
        Map<String, String> custom) {
    public static final RecordMapping<Recording> MAPPING =
            RecordMapping.of(Recording.class, "com.sipstack.asterisk.Recording", 1);

    public Recording {
        custom = Map.copyOf(custom);
    }
}
