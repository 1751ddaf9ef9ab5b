package com.sipstack.asterisk.source.recording;

import java.util.Objects;

/**
 * A file that is complete and wanted.
 *
 * @param version as it was found: what is sent must be this
 */
record FoundRecording(RecordingFile file, FileVersion version, Audio audio) {
    FoundRecording {
        Objects.requireNonNull(file, "file is null");
    }

    String origin() {
        return file.origin();
    }
}
