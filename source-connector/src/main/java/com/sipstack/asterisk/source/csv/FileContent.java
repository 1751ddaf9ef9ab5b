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
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

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

    /** @throws ZipException if it is compressed in a way that cannot be read */
    static FileContent open(Path path) throws IOException {
        if (path.toString().endsWith(Compressed.SUFFIX)) {
            return Compressed.openGzip(path);
        }
        try (InputStream content = Files.newInputStream(path)) {
            Optional<String> other = OtherCompression.of(content.readNBytes(OtherCompression.LONGEST));
            if (other.isPresent()) {
                throw new ZipException("it is compressed by " + other.get() + ", and only gzip can be read");
            }
        }
        return Plain.openPlain(path);
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

    /** What logrotate's {@code compresscmd} may be beside gzip, by the bytes with which its files begin. */
    final class OtherCompression {
        static final int LONGEST = 6;

        private static final Map<String, String> BEGINNINGS = Map.of(
                "fd377a585a00", "xz",
                "425a68", "bzip2",
                "28b52ffd", "zstd",
                "04224d18", "lz4",
                "4c5a4950", "lzip",
                "5d0000", "lzma",
                "1f9d", "compress",
                "504b0304", "zip");

        private OtherCompression() {}

        private static Optional<String> of(byte[] beginning) {
            String hex = HexFormat.of().formatHex(beginning);
            return BEGINNINGS.entrySet().stream()
                    .filter(known -> hex.startsWith(known.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst();
        }
    }
}
