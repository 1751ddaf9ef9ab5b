package com.sipstack.asterisk.assembler;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Sends records, and keeps what was sent lately. A process that dies without a transaction may leave state that counts a record as
 * sent which never arrived; so whoever takes the state over sends again what is kept. It is kept in the very store that counts it
 * as sent, and put there before: whatever is left of the store or of its changelog, there is no count without its record. Belongs
 * to the task's thread.
 *
 * @param <K> the store's keys
 */
final class Outbox<K> {
    /** No name of a PBX begins so. */
    private static final String PREFIX = "\0sent\0";
    /** Follows on all hexadecimal digits. */
    private static final String AFTER_ALL = "g";

    private static final byte FORMAT = 1;

    private final ProcessorContext<String, byte[]> context;
    private final String child;
    private final KeyValueStore<K, byte[]> store;
    private final Function<String, K> keys;
    private final boolean keeps;
    private final Queue<K> unsure = new ArrayDeque<>();
    private int sequence;
    /** Nothing that is kept is earlier: a scan from the beginning would pass over all that was deleted. */
    private long noneBefore;

    /**
     * @param child where records go
     * @param keys makes a key of the store from a text that sorts alike
     * @param keeps whether what is sent is kept; what an earlier run has kept is sent again in any case
     */
    Outbox(
            ProcessorContext<String, byte[]> context,
            String child,
            KeyValueStore<K, byte[]> store,
            Function<String, K> keys,
            boolean keeps) {
        this.context = context;
        this.child = child;
        this.store = store;
        this.keys = keys;
        this.keeps = keeps;
        try (KeyValueIterator<K, byte[]> kept = store.range(key(""), key(AFTER_ALL))) {
            kept.forEachRemaining(entry -> unsure.add(entry.key));
        }
    }

    /** @return the record's time, milliseconds since 1970 */
    long send(String key, byte[] value) {
        Record<String, byte[]> record = new Record<>(key, value, context.currentSystemTimeMs());
        if (keeps) {
            String place = hex(record.timestamp()) + String.format("%08x", sequence++);
            store.put(key(place), toBytes(record));
        }
        context.forward(record, child);
        return record.timestamp();
    }

    /** Hands over what an earlier run sent last, in its order and at most so much; what is to be sent again is kept anew. */
    void takeUnsure(int limit, Consumer<Record<String, byte[]>> sender) {
        for (int taken = 0; taken < limit && !unsure.isEmpty(); taken++) {
            K key = unsure.remove();
            sender.accept(fromBytes(store.get(key)));
            store.delete(key);
        }
    }

    /** Whether an earlier run's is left that may not have arrived. */
    boolean isUnsure() {
        return !unsure.isEmpty();
    }

    /** Forgets what was sent before; not while it is still unsure whether an earlier run's arrived. */
    void forgetBefore(long time) {
        if (isUnsure() || time <= noneBefore) {
            return;
        }
        try (KeyValueIterator<K, byte[]> old = store.range(key(hex(noneBefore)), key(hex(time)))) {
            old.forEachRemaining(entry -> store.delete(entry.key));
        }
        noneBefore = time;
    }

    private K key(String place) {
        return keys.apply(PREFIX + place);
    }

    private static String hex(long time) {
        return String.format("%016x", time);
    }

    /** A byte for the format; then, deflated, the record's time, key and value. */
    private static byte[] toBytes(Record<String, byte[]> record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(FORMAT);
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            out.writeLong(record.timestamp());
            out.writeUTF(record.key());
            out.write(record.value());
        } catch (IOException e) {
            throw new UncheckedIOException("a record cannot be kept", e);
        }
        return bytes.toByteArray();
    }

    private static Record<String, byte[]> fromBytes(byte[] bytes) {
        if (bytes[0] != FORMAT) {
            throw UnreadableStateException.ofFormat("a record that was sent", bytes[0], "" + FORMAT);
        }
        try (DataInputStream in =
                new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes, 1, bytes.length - 1)))) {
            long timestamp = in.readLong();
            return new Record<>(in.readUTF(), in.readAllBytes(), timestamp);
        } catch (IOException e) {
            throw new UnreadableStateException("a record that was sent cannot be read", e);
        }
    }
}
