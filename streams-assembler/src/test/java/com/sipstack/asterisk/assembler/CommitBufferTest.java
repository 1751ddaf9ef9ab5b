package com.sipstack.asterisk.assembler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked for is what was written last, and what a commit leaves is that. */
class CommitBufferTest {
    private static final StoreBuilder<KeyValueStore<String, String>> BEHIND = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("calls"), Serdes.String(), Serdes.String())
            .withLoggingDisabled();

    private final KeyValueStore<String, String> store =
            CommitBuffer.before(BEHIND, 2).build();
    private final KeyValueStore<String, String> behind = behind();

    @SuppressWarnings("unchecked")
    private KeyValueStore<String, String> behind() {
        return (KeyValueStore<String, String>)
                ((WrappedStateStore<StateStore, String, String>) (Object) store).wrapped();
    }

    @BeforeEach
    void open() {
        store.init(new MockProcessorContext<String, CapturedForward<?, ?>>().getStateStoreContext(), store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void commit() {
        ((CachedStateStore<?, ?>) store).flushCache();
    }

    @Test
    void aValueIsWrittenAtTheCommitAndReadBefore() {
        store.put("call", "ringing");
        store.put("call", "answered");
        assertThat(store.get("call")).isEqualTo("answered");
        assertThat(behind.get("call")).isNull();

        commit();
        assertThat(behind.get("call")).isEqualTo("answered");
        assertThat(store.get("call")).isEqualTo("answered");
    }

    @Test
    void whatWasDeletedIsGoneBeforeAndAfterTheCommit() {
        store.put("call", "ringing");
        commit();
        assertThat(store.delete("call")).isEqualTo("ringing");
        assertThat(store.get("call")).isNull();
        assertThat(store.putIfAbsent("call", "again")).isNull();
        assertThat(store.putIfAbsent("call", "once more")).isEqualTo("again");
        store.delete("call");
        commit();
        assertThat(store.get("call")).isNull();
        assertThat(behind.get("call")).isNull();
    }

    @Test
    void whoeverHoldsMoreBackHandsItOverBeforeEachCommitUntilTheStoreIsClosed() {
        assertThat(CommitBuffer.beforeCommit(store, () -> store.put("call", "answered")))
                .isTrue();
        assertThat(CommitBuffer.beforeCommit(behind, () -> {})).isFalse();
        commit();
        assertThat(behind.get("call")).isEqualTo("answered");

        store.close();
        open();
        commit();
        assertThat(behind.get("call")).isNull();
    }

    @Test
    void whoeverLooksThroughItSeesWhatWasNotCommittedYet() {
        store.put("b", "2");
        store.put("a", "1");
        assertThat(keys(store.all())).containsExactly("a", "b");
        store.delete("a");
        assertThat(keys(store.range("a", "z"))).containsExactly("b");
        store.put("bb", "3");
        assertThat(keys(store.prefixScan("b", new StringSerializer()))).containsExactly("b", "bb");
    }

    @Test
    void moreKeysThanAreKeptAtHandAreReadFromBehind() {
        store.putAll(List.of(KeyValue.pair("a", "1"), KeyValue.pair("b", "2"), KeyValue.pair("c", "3")));
        commit();
        assertThat(List.of(store.get("a"), store.get("b"), store.get("c"), store.get("a")))
                .containsExactly("1", "2", "3", "1");
    }

    @Test
    void aStoreThatWasAStandbyInTheMeantimeKnowsWhatOthersWrote() {
        store.put("call", "ringing");
        commit();
        ((CachedStateStore<?, ?>) store).clearCache();
        behind.put("call", "answered");
        assertThat(store.get("call")).isEqualTo("answered");
    }

    @Test
    void whatWasNotCommittedIsGoneWhenTheStoreIsOpenedAgain() {
        store.put("call", "ringing");
        store.close();
        open();
        assertThat(store.get("call")).isNull();
    }

    @Test
    void whatIsHeldIsBounded() {
        for (int i = 0; i <= 2_000; i++) {
            store.put("call " + i, "ringing");
        }
        assertThat(behind.get("call 0")).isEqualTo("ringing");
    }

    private static List<String> keys(KeyValueIterator<String, String> entries) {
        List<String> keys = new ArrayList<>();
        try (entries) {
            entries.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }
}
