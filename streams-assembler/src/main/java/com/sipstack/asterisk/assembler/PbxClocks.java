package com.sipstack.asterisk.assembler;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How far the rows of each PBX have told its time, to the hour. A source that was away for long, or a table that is read from its
 * beginning, brings rows that are old, but in order: only what is old beside its own PBX's other rows comes late. Belongs to the
 * task's thread.
 */
final class PbxClocks {
    private static final byte FORMAT = 1;
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final KeyValueStore<String, byte[]> clocks;
    /** The store's values: each row asks. */
    private final Map<String, Long> latest = new HashMap<>();

    PbxClocks(KeyValueStore<String, byte[]> clocks) {
        this.clocks = clocks;
    }

    /**
     * A row tells its time.
     *
     * @param at when it happened, milliseconds since 1970
     * @param now a row from later than this has a wrong clock and tells nothing
     */
    void observe(String pbx, long at, long now) {
        if (at <= now && at >= latest(pbx) + HOUR) {
            clocks.put(
                    pbx,
                    ByteBuffer.allocate(1 + Long.BYTES).put(FORMAT).putLong(at).array());
            latest.put(pbx, at);
        }
    }

    /** Milliseconds since 1970; 0 for a PBX whose rows told no time yet. */
    long latest(String pbx) {
        return latest.computeIfAbsent(pbx, name -> read(clocks.get(name)));
    }

    private static long read(byte[] bytes) {
        if (bytes == null) {
            return 0;
        }
        if (bytes[0] != FORMAT) {
            throw UnreadableStateException.ofFormat("the clock of a PBX", bytes[0], "" + FORMAT);
        }
        return ByteBuffer.wrap(bytes, 1, Long.BYTES).getLong();
    }
}
