package com.sipstack.asterisk.allinone.voicemail;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Appends to a file whatever is read of an input. A file that takes no more stops nobody from reading. Safe for any thread. */
final class CopiedInput extends InputStream {
    private final InputStream input;
    private final MailLog log;
    /** Null if there is no file, or it has failed. */
    private OutputStream copy;

    /** @param file empty if nothing is to be copied */
    CopiedInput(InputStream input, Optional<Path> file, MailLog log) {
        this.input = input;
        this.log = log;
        this.copy = file.map(this::open).orElse(null);
    }

    private OutputStream open(Path file) {
        try {
            return Files.newOutputStream(file, StandardOpenOption.APPEND);
        } catch (IOException e) {
            log.fault("of the mail only the beginning can be kept: " + e);
            return null;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] buffer, int offset, int length) throws IOException {
        int count = input.read(buffer, offset, length);
        if (count > 0 && copy != null) {
            append(buffer, offset, count);
        }
        return count;
    }

    private void append(byte[] buffer, int offset, int count) {
        try {
            copy.write(buffer, offset, count);
        } catch (IOException e) {
            log.fault("of the mail only the beginning can be kept: " + e);
            close();
            copy = null;
        }
    }

    /** Leaves the input open, which is its owner's. */
    @Override
    public synchronized void close() {
        try {
            if (copy != null) {
                copy.close();
            }
        } catch (IOException e) {
            log.fault("the mail's copy cannot be closed: " + e);
        }
    }
}
