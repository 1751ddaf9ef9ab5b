package com.sipstack.asterisk.source.csv;

/** The memory through which a thread reads all of its files, one after the other. */
final class Buffers {
    /** As long as the longest record, and short enough for the processor's cache. */
    private static final int BLOCK = RecordSplitter.LONGEST;

    private final byte[] block = new byte[BLOCK];
    private final byte[] head = new byte[Fingerprint.BLOCK];

    /** What is read at once. */
    byte[] block() {
        return block;
    }

    /** Room for the beginning of a file. */
    byte[] head() {
        return head;
    }
}
