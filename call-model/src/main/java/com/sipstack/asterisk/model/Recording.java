package com.sipstack.asterisk.model;

import java.util.Map;

/**
 * A recording's file as it was found on a PBX, or as a table tells of it. Of a file, origin and position are its path and the time of
 * its last change, so that a file that was written again is another recording.
 *
 * @param filePath absolute path on the PBX
 * @param fileSize bytes
 * @param modifiedTime last change of the file, UTC microseconds since 1970; null of a table's row
 * @param sha256 of the whole file, lower-case hexadecimal; null if it was not read
 * @param startTime start of the recording, UTC microseconds since 1970; null if unknown
 * @param durationSeconds length of the audio; null if the header does not tell
 * @param uniqueid the channel that was recorded, from the file's name; null if it has none
 * @param linkedid the call, where a table tells it; else null
 * @param custom columns of a recordings table that we do not know, by name; never null
 */
public record Recording(
        Provenance provenance,
        String filePath,
        String fileName,
        Long fileSize,
        Long modifiedTime,
        String sha256,
        Long startTime,
        Double durationSeconds,
        String uniqueid,
        String linkedid,
        RecordingName named,
        AudioLocation audio,
        Map<String, String> custom) {
    public static final RecordMapping<Recording> MAPPING =
            RecordMapping.of(Recording.class, "com.sipstack.asterisk.Recording", 2);

    public Recording {
        custom = Map.copyOf(custom);
    }

    /** Whether a file was found, whose audio can be uploaded; a table's row only tells of one. */
    public boolean isFile() {
        return provenance.source() == RowSource.RECORDING;
    }

    /** By what the API and its users know the recording: the channel's uniqueid, else the file's name. */
    public String id() {
        return uniqueid != null ? uniqueid : fileName;
    }
}
