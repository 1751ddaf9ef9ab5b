package com.sipstack.asterisk.source.csv;

import static java.util.Objects.requireNonNull;

import com.sipstack.asterisk.source.fleet.Checkpoints;
import com.sipstack.asterisk.source.fleet.StoredFields;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a file was read, or, before any was, from which moment on files are read.
 *
 * @param position in bytes from the file's beginning, of its text if it is compressed
 * @param at when it was read, by our clock, to the millisecond; without a file, files last written to before are not read
 * @param file empty while none was read
 * @param epoch counts the times that the file was cut short with the same beginning
 * @param checkpoints how far the file had been read some time earlier
 */
public record CsvSourceOffset(long position, Instant at, Optional<Identity> file, int epoch, Checkpoints checkpoints) {
    private static final String VERSION = "version";
    private static final long CURRENT_VERSION = 1;
    private static final String POSITION = "position";
    private static final String AT = "at";
    private static final String KEY = "key";
    private static final String LENGTH = "fingerprint_length";
    private static final String HASH = "fingerprint";
    private static final String EPOCH = "epoch";
    private static final String CHECKPOINTS = "checkpoints";

    public CsvSourceOffset {
        if (position < 0 || epoch < 0) {
            throw new IllegalArgumentException(
                    "source offset: position " + position + " and epoch " + epoch + " must not be negative");
        }
        at = at.truncatedTo(ChronoUnit.MILLIS);
        requireNonNull(file, "file is null");
        requireNonNull(checkpoints, "checkpoints is null");
    }

    /**
     * Which file it is.
     *
     * @param key device and inode, by which it is found fast
     * @param length of the beginning of which the hash is
     * @param hash by which it is known
     */
    public record Identity(String key, int length, String hash) {
        static Identity of(String key, Fingerprint fingerprint) {
            return new Identity(key, fingerprint.length(), fingerprint.hash());
        }

        Fingerprint fingerprint() {
            return new Fingerprint(length, hash);
        }
    }

    /** Before the first file: those last written to from then on are read, and the one that Asterisk writes to. */
    static CsvSourceOffset since(Instant moment) {
        return new CsvSourceOffset(0, moment, Optional.empty(), 0, Checkpoints.NONE);
    }

    /** At a place of a file that is being read for the first time. */
    static CsvSourceOffset in(Identity file, long position, Instant now) {
        return new CsvSourceOffset(
                position, now, Optional.of(file), 0, Checkpoints.NONE.plus(now, position, Duration.ZERO));
    }

    /** The same place as it is to be written with what is read now. */
    CsvSourceOffset readingAt(Instant now, Duration lookback) {
        return new CsvSourceOffset(position, now, file, epoch, checkpoints.plus(now, position, lookback));
    }

    CsvSourceOffset at(long newPosition) {
        return new CsvSourceOffset(newPosition, at, file, epoch, checkpoints);
    }

    /** The same file by another name or inode. */
    CsvSourceOffset under(String key) {
        Optional<Identity> same = file.map(known -> new Identity(key, known.length(), known.hash()));
        return new CsvSourceOffset(position, at, same, epoch, checkpoints);
    }

    /** After the file was cut short: what follows stands where something else stood before. */
    CsvSourceOffset cutTo(long size) {
        Checkpoints left = checkpoints.upTo(size);
        return new CsvSourceOffset(left.latest().orElse(0), at, file, epoch + 1, left);
    }

    /** As it was that long before; empty if this file was not being read then. */
    Optional<CsvSourceOffset> rewound(Duration lookback) {
        Instant then = at.minus(lookback);
        OptionalLong earlier = checkpoints.until(then).idAt(then);
        boolean isKnown = earlier.isPresent() && (earlier.getAsLong() > 0 || !checkpoints.beginsAfter(then));
        return isKnown
                ? Optional.of(new CsvSourceOffset(earlier.getAsLong(), at, file, epoch, checkpoints.until(then)))
                : Optional.empty();
    }

    /** Only numbers and text, which is what Connect stores. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new HashMap<>();
        map.put(VERSION, CURRENT_VERSION);
        map.put(POSITION, position);
        map.put(AT, at.toEpochMilli());
        map.put(EPOCH, (long) epoch);
        map.put(CHECKPOINTS, checkpoints.text());
        file.ifPresent(identity -> {
            map.put(KEY, identity.key());
            map.put(LENGTH, (long) identity.length());
            map.put(HASH, identity.hash());
        });
        return map;
    }

    /** @throws IllegalArgumentException if it is no offset of this connector's; names the fault */
    public static CsvSourceOffset fromMap(Map<String, ?> map) {
        StoredFields fields = new StoredFields("source offset", map);
        fields.requireVersion(VERSION, CURRENT_VERSION);
        return new CsvSourceOffset(
                fields.number(POSITION),
                Instant.ofEpochMilli(fields.number(AT)),
                map.get(HASH) == null ? Optional.empty() : Optional.of(identity(fields)),
                Math.toIntExact(fields.number(EPOCH)),
                new Checkpoints(fields.text(CHECKPOINTS)));
    }

    private static Identity identity(StoredFields fields) {
        Identity identity = new Identity(fields.text(KEY), Math.toIntExact(fields.number(LENGTH)), fields.text(HASH));
        identity.fingerprint(); // checks the length
        return identity;
    }
}
