package com.sipstack.asterisk.sink;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * Audio that is open, to be sent.
 *
 * @param content which nobody else reads
 * @param bytes how many there are
 * @param sha256 of all of them; empty if it is not known
 * @param unchanged looks whether it is still what was opened
 * @param spooled whether it is a copy of our own, which is worth keeping until the next attempt
 * @param release what is to be done when it is no longer needed
 */
record Audio(
        FileChannel content, long bytes, Optional<String> sha256, Check unchanged, boolean spooled, Closeable release)
        implements Closeable {

    /** Looks at a file once more. */
    @FunctionalInterface
    interface Check {
        void run() throws AudioException;
    }

    @Override
    public void close() throws IOException {
        release.close();
    }
}
