package com.sipstack.asterisk.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.model.CallKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands where, and that it is found again. */
class RowBlocksTest {
    private static final CallKey CALL = new CallKey("east", "1795305288.0");
    private static final CallKey OTHER = new CallKey("east", "1795305288.01");
    private static final CallKey OLD = new CallKey("east", "1795305200.0");
    private static final int ROOM = 1 << 20;

    private final KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("rows"), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    private long now = 1_795_305_288_000L;
    private RowBlocks blocks = blocks(ROOM);

    @BeforeEach
    void openStore() {
        store.init(new MockProcessorContext<>().getStateStoreContext(), store);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private RowBlocks blocks(long mostRemembered) {
        RowBlocks held = new RowBlocks(store, OLD::equals, () -> now, mostRemembered);
        held.holdBack(true);
        return held;
    }

    @Test
    void aBurstOfEventsGoesUnderOneKeyAndWhatComesLaterUnderAnother() {
        put(CALL, "start", "1");
        put(CALL, "answer", "2");
        put(OTHER, "start", "3");
        blocks.write();
        assertThat(keys()).hasSize(2);

        now += 60_000;
        put(CALL, "hangup", "4");
        blocks.write();
        assertThat(keys()).hasSize(3);
        assertThat(entries(CALL)).isEqualTo(Map.of("start", "1", "answer", "2", "hangup", "4"));
        assertThat(entries(OTHER)).isEqualTo(Map.of("start", "3"));
    }

    @Test
    void theLatestWordCountsAlsoForWhoeverReadsItAnew() {
        put(CALL, "leg", "unanswered");
        now += 60_000;
        put(CALL, "leg", "answered");
        assertThat(entries(CALL)).isEqualTo(Map.of("leg", "answered"));

        blocks = blocks(ROOM);
        assertThat(entries(CALL)).isEqualTo(Map.of("leg", "answered"));
        put(CALL, "leg", "billed");
        put(CALL, "hangup", "1");
        blocks.write();
        blocks = blocks(ROOM);
        assertThat(entries(CALL)).isEqualTo(Map.of("leg", "billed", "hangup", "1"));
    }

    @Test
    void callsThatAreNotRememberedAnyMoreAreReadAgain() {
        blocks = blocks(0);
        Map<String, String> expected = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            put(CALL, "event" + i, "of one");
            put(OTHER, "event" + i, "of another");
            expected.put("event" + i, "of one");
        }
        assertThat(entries(CALL)).isEqualTo(expected);
        expected.replaceAll((name, value) -> "of another");
        assertThat(entries(OTHER)).isEqualTo(expected);
    }

    @Test
    void aLongBurstIsCutIntoBlocksOfBoundedSize() {
        for (int i = 0; i < 1_000; i++) {
            put(CALL, "event" + i, "x".repeat(600));
        }
        blocks.write();
        assertThat(keys()).hasSizeGreaterThan(10);
        blocks = blocks(ROOM);
        assertThat(entries(CALL)).hasSize(1_000);
    }

    @Test
    void whatAnEarlierReleaseStoredOneByOneStandsBesideItAndGoesWithIt() {
        store.put(StoreKeys.under(OLD, "leg"), "unanswered".getBytes(UTF_8));
        store.put(StoreKeys.under(OLD, "start"), "1".getBytes(UTF_8));
        put(OLD, "leg", "answered");
        assertThat(entries(OLD)).isEqualTo(Map.of("leg", "answered", "start", "1"));

        blocks.drop(OLD);
        assertThat(keys()).isEmpty();
    }

    @Test
    void nothingIsLeftOfACallThatWasDropped() {
        put(CALL, "start", "1");
        now += 60_000;
        put(CALL, "hangup", "2");
        put(OTHER, "start", "3");
        blocks.write();

        blocks.drop(CALL);
        blocks.write();
        assertThat(entries(CALL)).isEmpty();
        assertThat(keys()).hasSize(1);
        blocks = blocks(ROOM);
        blocks.drop(OTHER);
        assertThat(keys()).isEmpty();
    }

    @Test
    void aBlockIsWrittenOnceForAllThatComesBetweenTwoCommits() {
        put(CALL, "start", "1");
        put(CALL, "answer", "2");
        assertThat(keys()).isEmpty();
        blocks.write();
        assertThat(keys()).hasSize(1);

        store.put(keys().get(0), null);
        blocks.write();
        assertThat(keys()).isEmpty();
        put(CALL, "hangup", "3");
        blocks.write();
        blocks = blocks(ROOM);
        assertThat(entries(CALL)).isEqualTo(Map.of("start", "1", "answer", "2", "hangup", "3"));
    }

    @Test
    void withoutCommitsEachEventIsWrittenAtOnce() {
        blocks.holdBack(false);
        put(CALL, "start", "1");
        put(CALL, "answer", "2");

        blocks = blocks(ROOM);
        assertThat(entries(CALL)).isEqualTo(Map.of("start", "1", "answer", "2"));
    }

    private void put(CallKey call, String name, String value) {
        blocks.put(call, name, value.getBytes(UTF_8));
    }

    private Map<String, String> entries(CallKey call) {
        Map<String, String> entries = new TreeMap<>();
        blocks.of(call).forEach((name, value) -> entries.put(name, new String(value, UTF_8)));
        return entries;
    }

    private List<Bytes> keys() {
        List<Bytes> keys = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }
}
