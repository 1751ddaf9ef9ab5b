package com.sipstack.asterisk.sink;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Room on the disk for audio, as much as was allowed. Its files have no name once they are open, so that a worker that dies leaves
 * nothing behind. Safe for any thread.
 */
final class Spool {
    private static final String PREFIX = "sipstack-audio-";

    private final SpoolConfig config;
    private final AtomicLong used = new AtomicLong();
    private volatile boolean isFull;

    /** @throws IOException if there can be no such folder */
    Spool(SpoolConfig config) throws IOException {
        this.config = config;
        Files.createDirectories(config.directory());
        clean();
    }

    /** A worker may have died between making a file and taking its name away. */
    private void clean() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(config.directory(), PREFIX + "*")) {
            for (Path file : left) {
                // Whoever made it just now has it open, and misses its name as little as we do
                Files.deleteIfExists(file);
            }
        }
    }

    /** Whether it could ever hold so much. */
    boolean suits(long bytes) {
        return bytes <= config.maxBytes();
    }

    /** Of audio that lies there, or has room there already. */
    long usedBytes() {
        return used.get();
    }

    /** Whether there was no room when room was last asked for, and none became free since. */
    boolean isFull() {
        return isFull;
    }

    /** A place for audio of this length; empty while there is no room for it. */
    Optional<Place> take(long bytes) throws IOException {
        long wanted = used.addAndGet(bytes);
        try {
            isFull = wanted > config.maxBytes() || usableSpace() < bytes;
            if (!isFull) {
                return Optional.of(new Place(open(), bytes));
            }
        } catch (IOException e) {
            used.addAndGet(-bytes);
            throw e;
        }
        used.addAndGet(-bytes);
        return Optional.empty();
    }

    private long usableSpace() throws IOException {
        return Files.getFileStore(config.directory()).getUsableSpace();
    }

    private FileChannel open() throws IOException {
        Path file = config.directory().resolve(PREFIX + UUID.randomUUID());
        FileChannel content = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Files.deleteIfExists(file);
        return content;
    }

    /** Room for one recording, until it is closed. */
    final class Place implements Closeable {
        private final FileChannel content;
        private final long bytes;

        private Place(FileChannel content, long bytes) {
            this.content = content;
            this.bytes = bytes;
        }

        FileChannel content() {
            return content;
        }

        @Override
        public void close() throws IOException {
            if (content.isOpen()) {
                used.addAndGet(-bytes);
                isFull = false;
                content.close();
            }
        }
    }
}
