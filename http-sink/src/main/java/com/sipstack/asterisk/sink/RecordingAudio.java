package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.model.Recording;
import java.util.Optional;

/** The audio of any recording, wherever it lies. For one thread. */
final class RecordingAudio implements AudioSource {
    private final RecordingFiles files;
    private final AudioTopic topic;
    private final long maxBytes;

    /** @param maxBytes of a recording */
    RecordingAudio(RecordingFiles files, AudioTopic topic, long maxBytes) {
        this.files = files;
        this.topic = topic;
        this.maxBytes = maxBytes;
    }

    @Override
    public Optional<Audio> open(Recording recording) throws AudioException {
        if (recording.fileSize() > maxBytes) {
            throw AudioException.unusable(
                    "the recording is larger than " + RecordingFilesConfig.MAX_BYTES, recording.filePath());
        }
        return recording.audio().isGiven() ? topic.open(recording) : files.open(recording);
    }
}
