package com.sipstack.asterisk.stubapi;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A recording or voicemail that was accepted.
 *
 * @param path the address that it was sent to
 * @param hostname the PBX's host name, from the request's headers
 * @param idempotencyKey the Idempotency-Key that it came with
 * @param fields the form's fields but the audio, by name, in the order in which they came
 * @param fileName the audio's file name, empty if it had none
 * @param contentType the audio's content type, empty if it had none
 * @param audioBytes the audio's length in bytes
 * @param audioSha256 the audio's SHA-256 in lower-case hex
 */
public record ReceivedUpload(
        Instant receivedAt,
        String path,
        String hostname,
        Optional<String> idempotencyKey,
        Map<String, String> fields,
        String fileName,
        String contentType,
        long audioBytes,
        String audioSha256) {

    public ReceivedUpload {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
