package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.DeadLetter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.cache.Cache;
import org.apache.kafka.common.cache.LRUCache;

/**
 * Where the documents of a partition stand that were replayed: later than they were told, and compaction takes away where they stood
 * before. One reading answers for all calls, is gone on with where it was broken off, and again at what was written since. Belongs
 * to its task's thread.
 */
final class ReplayedDocuments {
    /** Some hundred bytes each. */
    private static final int MOST = 50_000;

    private final Cache<String, Long> offsets = new LRUCache<>(MOST);
    private long from = Long.MAX_VALUE;
    private long to;
    private boolean isWhole;

    /** Where to read next, so that all from an offset on will have been read. */
    long next(long offset) {
        boolean isFarAhead = isWhole && offset > to;
        if (offset < from || isFarAhead) {
            from = offset;
            to = offset;
        }
        isWhole = false;
        return to;
    }

    void learn(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            offsets.remove(record.key());
        } else if (record.headers().lastHeader(DeadLetter.REPLAY_OF) != null) {
            offsets.put(record.key(), record.offset());
        }
    }

    /** All before an offset was read. */
    void readUpTo(long offset) {
        to = offset;
    }

    /** There is no more for now. */
    void readWhole() {
        isWhole = true;
    }

    /** Null if none was replayed. */
    Long offsetOf(String key) {
        return offsets.get(key);
    }
}
