package com.sipstack.asterisk.source.database;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells a keyless row from others by all that it says. Columns that are NULL or empty do not count, nor does their order: a
 * column added to the table changes no row that says nothing in it.
 */
final class RowHash {
    private RowHash() {}

    static long of(TableRow row) {
        MessageDigest digest = digest();
        for (Map.Entry<String, Object> column : new TreeMap<>(row.columns()).entrySet()) {
            String value = column.getValue() == null ? "" : column.getValue().toString();
            if (!value.isEmpty()) {
                update(digest, column.getKey());
                update(digest, value);
            }
        }
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    private static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
