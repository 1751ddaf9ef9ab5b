package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.CallKey;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keys of what belongs to something else: the owner's name, a separator that no name has, and a name of its own. */
final class StoreKeys {
    static final byte[] EMPTY = new byte[0];
    private static final char SEPARATOR = '\0';
    private static final Serializer<String> TEXT = new StringSerializer();

    private StoreKeys() {}

    static Bytes under(CallKey call, String name) {
        return under(call.toString(), name);
    }

    static Bytes under(String owner, String name) {
        return Bytes.wrap((owner + SEPARATOR + name).getBytes(StandardCharsets.UTF_8));
    }

    /** Whose it is. */
    static String ownerIn(Bytes key) {
        String text = new String(key.get(), StandardCharsets.UTF_8);
        return text.substring(0, text.indexOf(SEPARATOR));
    }

    /** The name that follows on the owner's. */
    static String nameIn(Bytes key, String owner) {
        int prefix = (owner + SEPARATOR).getBytes(StandardCharsets.UTF_8).length;
        return new String(key.get(), prefix, key.get().length - prefix, StandardCharsets.UTF_8);
    }

    static void scan(KeyValueStore<Bytes, byte[]> store, CallKey call, Consumer<KeyValue<Bytes, byte[]>> consumer) {
        scan(store, call.toString(), consumer);
    }

    static void scan(KeyValueStore<Bytes, byte[]> store, String owner, Consumer<KeyValue<Bytes, byte[]>> consumer) {
        scanWhile(store, owner, () -> true, consumer);
    }

    /** Ends before the first entry for which it is not wanted any more. */
    static void scanWhile(
            KeyValueStore<Bytes, byte[]> store,
            String owner,
            BooleanSupplier isWanted,
            Consumer<KeyValue<Bytes, byte[]>> consumer) {
        try (KeyValueIterator<Bytes, byte[]> entries = store.prefixScan(owner + SEPARATOR, TEXT)) {
            while (isWanted.getAsBoolean() && entries.hasNext()) {
                consumer.accept(entries.next());
            }
        }
    }
}
