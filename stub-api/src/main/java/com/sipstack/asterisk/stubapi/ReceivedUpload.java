package com.sipstack.asterisk.stubapi;

import java.time.Instant;
import java.util.Map;

/**
 * A recording or voicemail that was accepted.
 *
 * @param path the address that it was sent to
 * @param fields the form's fields but the audio, by name
 * @param fileName the audio's file name, empty if it had none
 * @param contentType the audio's content type, empty if it had none
 * @param audioBytes the audio's length in bytes
 * @param audioSha256 the audio's SHA-256 in lower-case hex
 */
public record ReceivedUpload(
        Instant receivedAt,
        String path,
        Map<String, String> fields,
        String fileName,
        String contentType,
        long audioBytes,
        String audioSha256) {

    public ReceivedUpload {
        fields = Map.copyOf(fields);
    }
}
