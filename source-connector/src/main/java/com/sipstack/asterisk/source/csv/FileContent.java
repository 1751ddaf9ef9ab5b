package com.sipstack.asterisk.source.csv;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.zip.GZIPInputStream;

/** The bytes of a file that was opened, whatever becomes of its name. For one thread. */
sealed interface FileContent extends Closeable permits FileContent.Plain, FileContent.Compressed {
    /** Device and inode, or whatever else the file system knows it by. */
    String key();

    /**
     * Reads as many bytes as there are and fit.
     *
     * @return how many
     */
    int read(byte[] into, int length, long position) throws IOException;

    /** In bytes, as of now. */
    long size() throws IOException;

    /** Whether all that the file will ever have is in it. */
    boolean isComplete();

    static FileContent open(Path path) throws IOException {
        return path.toString().endsWith(Compressed.SUFFIX) ? Compressed.openGzip(path) : Plain.openPlain(path);
    }

    static String keyOf(BasicFileAttributes attributes) {
        return String.valueOf(attributes.fileKey());
    }

    /** A file as Asterisk writes it. */
    record Plain(FileChannel channel, String key) implements FileContent {
        static FileContent openPlain(Path path) throws IOException {
            while (true) {
                String before = keyOf(Files.readAttributes(path, BasicFileAttributes.class));
                FileChannel opened = FileChannel.open(path, StandardOpenOption.READ);
                if (before.equals(keyOf(Files.readAttributes(path, BasicFileAttributes.class)))) {
                    return new Plain(opened, before);
                }
                opened.close(); // the name was given to another file meanwhile
            }
        }

        @Override
        public int read(byte[] into, int length, long position) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(into, 0, length);
            long next = position;
            while (buffer.hasRemaining()) {
                int count = channel.read(buffer, next);
                if (count <= 0) {
                    break;
                }
                next += count;
            }
            return buffer.position();
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public boolean isComplete() {
            return false;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** A rotated file that was compressed meanwhile. Positions are those of the text. */
    final class Compressed implements FileContent {
        static final String SUFFIX = ".gz";

        private final Path path;
        private final String key;
        private InputStream text;
        private long position;

        private Compressed(Path path, String key) throws IOException {
            this.path = path;
            this.key = key;
            this.text = stream(path);
        }

        static FileContent openGzip(Path path) throws IOException {
            return new Compressed(path, keyOf(Files.readAttributes(path, BasicFileAttributes.class)));
        }

        @Override
        public String key() {
            return key;
        }

        @Override
        public int read(byte[] into, int length, long from) throws IOException {
            if (from < position) {
                text.close();
                text = stream(path);
                position = 0;
            }
            try {
                text.skipNBytes(from - position);
                position = from;
            } catch (EOFException e) {
                position = Long.MAX_VALUE; // to be opened anew
                return 0;
            }
            int count = text.readNBytes(into, 0, length);
            position += count;
            return count;
        }

        @Override
        public long size() throws IOException {
            position += text.transferTo(OutputStream.nullOutputStream());
            return position;
        }

        @Override
        public boolean isComplete() {
            return true;
        }

        @Override
        public void close() throws IOException {
            text.close();
        }

        private static InputStream stream(Path path) throws IOException {
            return new GZIPInputStream(Files.newInputStream(path), 64 * 1024);
        }
    }
}
