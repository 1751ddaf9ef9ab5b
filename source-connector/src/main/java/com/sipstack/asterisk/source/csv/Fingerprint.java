package com.sipstack.asterisk.source.csv;

import com.sipstack.asterisk.source.csv.RecordSplitter.Piece;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * By what a file is known again, whatever its name and inode: the hash of its beginning up to the end of its first row, which never
 * changes once it is there, however much follows. A row has a time, so that a line of column names, or zeros, are none. Where there
 * is no row in a first block it is the whole block.
 *
 * @param length in bytes
 * @param hash the first 64 bits of SHA-256, in hexadecimal
 */
record Fingerprint(int length, String hash) {
    static final int BLOCK = RecordSplitter.LONGEST;

    private static final int HASH_BYTES = 8;

    Fingerprint {
        if (length < 1 || length > BLOCK) {
            throw new IllegalArgumentException("fingerprint of " + length + " bytes, must be of 1 to " + BLOCK);
        }
    }

    /**
     * Of a file's beginning; empty while it has no whole row.
     *
     * @param isFinal whether nothing will follow
     */
    static Optional<Fingerprint> of(byte[] head, int size, boolean isFinal) {
        int limit = Math.min(size, BLOCK);
        RecordSplitter splitter = new RecordSplitter(head, limit, false);
        int at = 0;
        Optional<Piece> piece = splitter.next(at);
        while (piece.isPresent() && !hasDigit(head, piece.get())) {
            at = piece.get().end();
            piece = splitter.next(at);
        }
        if (piece.isPresent()) {
            return Optional.of(of(head, piece.get().end()));
        }
        return limit == BLOCK || (isFinal && limit > 0) ? Optional.of(of(head, limit)) : Optional.empty();
    }

    /** Whether a file begins as this one does. */
    boolean matches(byte[] head, int size) {
        return size >= length && of(head, length).hash.equals(hash);
    }

    private static Fingerprint of(byte[] head, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(head, 0, length);
            return new Fingerprint(length, HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static boolean hasDigit(byte[] bytes, Piece piece) {
        for (int i = piece.textStart(); i < piece.textEnd(); i++) {
            if (bytes[i] >= '0' && bytes[i] <= '9') {
                return true;
            }
        }
        return false;
    }
}
