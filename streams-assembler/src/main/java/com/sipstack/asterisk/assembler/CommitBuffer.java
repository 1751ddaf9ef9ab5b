package com.sipstack.asterisk.assembler;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.cache.Cache;
import org.apache.kafka.common.cache.LRUCache;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.WrappedStateStore;

/**
 * Holds what is written to a store until the commit, so that what changes again and again is written once, in the order of the last
 * writing. Streams' own record cache does the same, but all stores of a thread share its room: those that are written more often
 * crowd the others out, until each change is written at once. Belongs to the task's thread.
 */
final class CommitBuffer<K, V> extends WrappedStateStore<KeyValueStore<K, V>, K, V> implements KeyValueStore<K, V> {
    /** Bounds what a long commit interval lets come together. */
    private static final int MOST_HELD = 2_000;

    private final int mostKnown;
    /** Null for what was deleted. */
    private final Map<K, V> held = new LinkedHashMap<>();
    /** By whom more may come. */
    private Runnable holder = CommitBuffer::nobody;
    /** What the store has, of the keys that were asked for or written lately. */
    private Cache<K, V> known;

    private CommitBuffer(KeyValueStore<K, V> store, int mostKnown) {
        super(store);
        this.mostKnown = mostKnown;
        this.known = new LRUCache<>(mostKnown);
    }

    /** @param mostKnown values that are kept at hand, of each task */
    static <K, V> StoreBuilder<KeyValueStore<K, V>> before(StoreBuilder<KeyValueStore<K, V>> store, int mostKnown) {
        return new Builder<>(store, mostKnown);
    }

    /**
     * Names whoever holds back what goes into the store: it must hand that over before each commit.
     *
     * @return whether it will be asked to: only where the store has a buffer
     */
    static boolean beforeCommit(StateStore store, Runnable holder) {
        StateStore inner = store;
        while (inner instanceof WrappedStateStore<?, ?, ?> wrapping) {
            if (wrapping instanceof CommitBuffer<?, ?> buffer) {
                buffer.holder = holder;
                return true;
            }
            inner = wrapping.wrapped();
        }
        return false;
    }

    @Override
    public V get(K key) {
        if (held.containsKey(key)) {
            return held.get(key);
        }
        V value = known.get(key);
        if (value == null) {
            value = wrapped().get(key);
            know(key, value);
        }
        return value;
    }

    @Override
    public void put(K key, V value) {
        held.remove(key);
        held.put(key, value);
        if (held.size() > MOST_HELD) {
            write();
        }
    }

    @Override
    public V putIfAbsent(K key, V value) {
        V before = get(key);
        if (before == null) {
            put(key, value);
        }
        return before;
    }

    @Override
    public void putAll(List<KeyValue<K, V>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public V delete(K key) {
        V before = get(key);
        put(key, null);
        return before;
    }

    @Override
    public KeyValueIterator<K, V> range(K from, K to) {
        write();
        return wrapped().range(from, to);
    }

    @Override
    public KeyValueIterator<K, V> all() {
        write();
        return wrapped().all();
    }

    @Override
    public <S extends Serializer<P>, P> KeyValueIterator<K, V> prefixScan(P prefix, S serializer) {
        write();
        return wrapped().prefixScan(prefix, serializer);
    }

    @Override
    public long approximateNumEntries() {
        return wrapped().approximateNumEntries();
    }

    /** Called before each commit. */
    @Override
    public void flushCache() {
        holder.run();
        write();
        super.flushCache();
    }

    /** Called when the store becomes a standby: from now on others write what it has. */
    @Override
    public void clearCache() {
        forget();
        super.clearCache();
    }

    /** What was not committed is not meant to stay: the same store may be opened again, and the records are read again. */
    @Override
    public void close() {
        forget();
        super.close();
    }

    private void forget() {
        holder = CommitBuffer::nobody;
        held.clear();
        known = new LRUCache<>(mostKnown);
    }

    private static void nobody() {}

    private void write() {
        held.forEach((key, value) -> {
            wrapped().put(key, value);
            know(key, value);
        });
        held.clear();
    }

    private void know(K key, V value) {
        if (value == null) {
            known.remove(key);
        } else {
            known.put(key, value);
        }
    }

    private static final class Builder<K, V> implements StoreBuilder<KeyValueStore<K, V>> {
        private final StoreBuilder<KeyValueStore<K, V>> store;
        private final int mostKnown;

        Builder(StoreBuilder<KeyValueStore<K, V>> store, int mostKnown) {
            this.store = store;
            this.mostKnown = mostKnown;
        }

        @Override
        public KeyValueStore<K, V> build() {
            return new CommitBuffer<>(store.build(), mostKnown);
        }

        @Override
        public StoreBuilder<KeyValueStore<K, V>> withCachingEnabled() {
            throw new UnsupportedOperationException("two caches, one before the other");
        }

        @Override
        public StoreBuilder<KeyValueStore<K, V>> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<KeyValueStore<K, V>> withLoggingEnabled(Map<String, String> config) {
            store.withLoggingEnabled(config);
            return this;
        }

        @Override
        public StoreBuilder<KeyValueStore<K, V>> withLoggingDisabled() {
            store.withLoggingDisabled();
            return this;
        }

        @Override
        public Map<String, String> logConfig() {
            return store.logConfig();
        }

        @Override
        public boolean loggingEnabled() {
            return store.loggingEnabled();
        }

        @Override
        public String name() {
            return store.name();
        }
    }
}
