package com.sipstack.asterisk.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sipstack.asterisk.model.CallKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** By which the API knows a document again that it was sent before. Safe for any thread. */
final class IdempotencyKey {
    private static final int HASH_BYTES = 8;
    private static final JsonMapper CANONICAL =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    private IdempotencyKey() {}

    /**
     * {@code pbx/linkedid/revision/hash}, where the hash does not depend on the order of fields.
     *
     * @param document without {@code shipped_at}, which differs from one attempt to the next
     */
    static String of(CallKey call, long revision, ObjectNode document) {
        return call.pbx() + '/' + call.linkedid() + '/' + revision + '/' + hash(document);
    }

    private static String hash(ObjectNode document) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(CANONICAL.writeValueAsBytes(document));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException | JsonProcessingException e) {
            throw new IllegalStateException("call document cannot be hashed", e);
        }
    }
}
