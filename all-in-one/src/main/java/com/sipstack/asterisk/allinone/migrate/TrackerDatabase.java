package com.sipstack.asterisk.allinone.migrate;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;

/**
 * What the database connector remembered, in SQLite. Its tables are documented nowhere and may differ between releases; when it was
 * last written holds for all of them.
 *
 * @param lastWrite by the clock of the machine that it was on
 */
record TrackerDatabase(Path file, Instant lastWrite) {
    /** In the container's volume {@code /data}. */
    private static final String NAME = "tracker.db";
    /** How each begins: https://sqlite.org/fileformat2.html, 1.3 */
    private static final byte[] HEADER = "SQLite format 3\0".getBytes(US_ASCII);

    /**
     * Reads the beginning of the file and no more.
     *
     * @param path of it, or of the folder in which it is
     * @throws IOException if it cannot be read, or SQLite has not written it
     */
    static TrackerDatabase at(Path path) throws IOException {
        Path file = Files.isDirectory(path) ? path.resolve(NAME) : path;
        requireSqlite(file);
        Instant lastWrite = Files.getLastModifiedTime(file).toInstant();
        // What is written first, and stays there alone until much has come together or the process ends
        for (String log : new String[] {"-wal", "-journal"}) {
            Path beside = file.resolveSibling(file.getFileName() + log);
            if (wasWritten(beside)) {
                lastWrite = later(lastWrite, Files.getLastModifiedTime(beside).toInstant());
            }
        }
        return new TrackerDatabase(file, lastWrite);
    }

    private static void requireSqlite(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            if (!Arrays.equals(in.readNBytes(HEADER.length), HEADER)) {
                throw new IOException(file + " is no SQLite database, so it is not what the database connector kept. "
                        + "Leave --tracker-db out and say by --start-from when that one stops, less the longest call");
            }
        }
    }

    /** An empty one is made by whoever only looks. */
    private static boolean wasWritten(Path log) throws IOException {
        return Files.exists(log) && Files.size(log) > 0;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
