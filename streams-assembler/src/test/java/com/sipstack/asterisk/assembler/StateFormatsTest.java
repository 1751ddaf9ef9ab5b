package com.sipstack.asterisk.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Row;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What earlier releases have stored is read, and how much it is. */
class StateFormatsTest extends TopologyFixture {
    /** When the state of the first format was written. */
    private static final Instant FIRST_FORMAT = Instant.parse("2026-11-22T14:00:10.600Z");

    private static final CallKey OPEN = new CallKey(PBX, "1795305288.0");
    private static final CallKey COMPLETE = new CallKey(PBX, "1795305311.53");
    private static final CallKey HISTORY = new CallKey(PBX, "1795305305.40");

    /** When rows were last stored under keys of their own: their places, and later what sources say of them alike. */
    private static final Instant ONE_BY_ONE = Instant.parse("2026-11-22T14:00:10.800Z");

    private void restoreFirstFormat() throws Exception {
        restore("/state/format-1.txt", FIRST_FORMAT);
    }

    /** The stores as an earlier release left them, as it would restore them from its changelogs. */
    private void restore(String stores, Instant at) throws Exception {
        driver.close();
        now = at;
        start(Map.of("state.dir", directory.resolve("restored").toString()));
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(getClass().getResourceAsStream(stores), UTF_8))) {
            in.lines().map(line -> line.split(" ", -1)).forEach(this::restore);
        }
    }

    private void restore(String[] entry) {
        byte[] key = Base64.getDecoder().decode(entry[1]);
        byte[] value = Base64.getDecoder().decode(entry[2]);
        switch (entry[0]) {
            case "calls", "packs", "pbxs" ->
                driver.<String, byte[]>getKeyValueStore(entry[0]).put(new String(key, UTF_8), value);
            case "channels" ->
                driver.<String, String>getKeyValueStore(entry[0]).put(new String(key, UTF_8), new String(value, UTF_8));
            default -> driver.<Bytes, byte[]>getKeyValueStore(entry[0]).put(Bytes.wrap(key), value);
        }
    }

    @Test
    void callsOfTheFirstFormatGoOn() throws Exception {
        restoreFirstFormat();
        write(calls.get(OPEN));
        write(calls.get(COMPLETE));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        Map<String, JsonNode> documents = lastDocuments();
        assertThat(documents.keySet()).containsExactly(OPEN.linkedid());
        assertThat(revisionAndPhase(documents.get(OPEN.linkedid()))).isEqualTo("1 complete");
        assertThat(documents.get(OPEN.linkedid()).get("call_threads").findValuesAsText("event"))
                .contains("CHAN_START", "BRIDGE_ENTER", "LINKEDID_END", "CDR");
    }

    @Test
    void lateRowsOfCallsOfTheFirstFormatAmendThem() throws Exception {
        restoreFirstFormat();
        List<Row> changed = legs(calls.get(COMPLETE)).stream()
                .map(leg -> with(leg, Map.of("billsec", 3600)))
                .toList();
        write(changed);
        write(legs(calls.get(HISTORY)));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(documents()).singleElement().satisfies(document -> {
            assertThat(document.get("linkedid").asText()).isEqualTo(COMPLETE.linkedid());
            assertThat(document.get("revision").asInt()).isEqualTo(2);
            assertThat(document.get("call_threads").findValuesAsText("billsec")).contains("3600");
        });
        assertThat(letters())
                .hasSize(legs(calls.get(HISTORY)).size())
                .allSatisfy(letter -> assertThat(letter.reason()).startsWith("too-late"));
    }

    @Test
    void stateOfTheFirstFormatIsForgottenInTime() throws Exception {
        restoreFirstFormat();
        write(calls.get(OPEN));
        for (int hour = 0; hour < 8 * 24; hour++) {
            pass(Duration.ofHours(1));
        }

        for (String store : List.of("rows", "packs", "calls", "open", "timers", "channels", "ties")) {
            assertThat(isEmpty(store)).as(store).isTrue();
        }
    }

    /** As it is after a rollback: the rows are good, and their letters would be replayed into a call that lacks its beginning. */
    @Test
    void stateOfALaterReleaseStopsTheAssemblerAndMakesNoLettersOfGoodRows() {
        List<Row> rows = calls.get(OPEN);
        write(rows.subList(0, 4));
        KeyValueStore<String, byte[]> states = driver.getKeyValueStore(CallStores.CALLS);
        states.put(OPEN.toString(), ofLaterRelease(states.get(OPEN.toString())));

        assertThatThrownBy(() -> write(rows.subList(4, 5)))
                .hasRootCauseInstanceOf(UnreadableStateException.class)
                .rootCause()
                .hasMessageContaining("state of a call is stored in format 99")
                .hasMessageContaining("this release reads 1 and 2")
                .hasMessageContaining("run the release that stored it, or a later one");
        assertThat(letters()).isEmpty();
    }

    @Test
    void rowsAndPacksOfALaterReleaseStopItToo() {
        write(calls.get(OPEN));
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        KeyValueStore<String, byte[]> packs = driver.getKeyValueStore(CallStores.PACKS);
        packs.put(OPEN.toString(), ofLaterRelease(packs.get(OPEN.toString())));
        assertThatThrownBy(() -> write(legs(calls.get(OPEN))))
                .rootCause()
                .hasMessageContaining("a pack of rows is stored in format 99");
        assertThat(letters()).isEmpty();
    }

    @Test
    void aBlockOfRowsOfALaterReleaseStopsItAtItsCallsNextRow() {
        storeBlock(new byte[] {99});
        assertThatThrownBy(() -> write(calls.get(OPEN)))
                .rootCause()
                .hasMessageContaining("a block of rows is stored in format 99");
        assertThat(letters()).isEmpty();
    }

    @Test
    void aStoredRowOfALaterReleaseStopsTheLookAtItsCall() {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(2);
        NamedBytes.write("=event/of/a/later/release", new byte[] {99}, block);
        storeBlock(block.toByteArray());
        write(calls.get(OPEN));
        assertThatThrownBy(() -> pass(COMPLETE_AFTER.plus(A_MOMENT)))
                .rootCause()
                .hasMessageContaining("a row is stored in format 99");
        assertThat(letters()).isEmpty();
    }

    private void storeBlock(byte[] block) {
        driver.<Bytes, byte[]>getKeyValueStore(CallStores.ROWS).put(StoreKeys.under(OPEN, "#00000000"), block);
    }

    private static byte[] ofLaterRelease(byte[] value) {
        byte[] later = value.clone();
        later[0] = 99;
        return later;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/state/format-2.txt", "/state/format-3.txt"})
    void rowsThatWereStoredByTheirPlacesOrEachByItselfAreKnownAgainInOpenCompleteAndPastCalls(String stores)
            throws Exception {
        restore(stores, ONE_BY_ONE);
        write(events(calls.get(OPEN)).subList(0, 8));
        write(events(calls.get(COMPLETE)));
        write(events(calls.get(HISTORY)));
        pass(INCOMPLETE_AFTER.plus(A_MOMENT));

        assertThat(documents().stream().map(document -> document.get("linkedid") + " " + revisionAndPhase(document)))
                .containsExactly("\"" + OPEN.linkedid() + "\" 1 initial");
        assertThat(letters()).isEmpty();

        write(calls.get(OPEN));
        write(legs(calls.get(COMPLETE)));
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        Map<String, JsonNode> documents = lastDocuments();
        assertThat(documents.values().stream().map(TopologyFixture::revisionAndPhase))
                .containsExactly("2 complete", "2 complete");
        assertThat(documents.get(OPEN.linkedid()).get("call_threads_count").asInt())
                .isEqualTo(documents.get(OPEN.linkedid()).get("call_threads").size());
        assertThat(documents.get(OPEN.linkedid()).get("call_threads").findValuesAsText("event"))
                .containsOnlyOnce("LINKEDID_END");
    }

    @Test
    void aPackHoldsTheRowsAsTheyWereStored() {
        for (List<Row> rows : calls.values()) {
            Map<String, byte[]> stored = stored(rows);
            byte[] pack = RowPack.ofRows(stored);
            Map<String, byte[]> unpacked = RowPack.rowsIn(pack);
            assertThat(unpacked.keySet()).containsExactlyElementsOf(stored.keySet());
            unpacked.forEach((identity, row) -> assertThat(row).isEqualTo(stored.get(identity)));
            assertThat(RowPack.isMarks(pack)).isFalse();
        }
    }

    /** Real calls of 32 kinds, conferences and forwarding loops among them; docs/assembler-state.md counts with them. */
    @Test
    void aCallIsPackedIntoOneAndAHalfKilobytesAtMostAndAPlainOneIntoLess() {
        double mean = calls.values().stream()
                .mapToInt(rows -> RowPack.ofRows(stored(rows)).length)
                .average()
                .orElseThrow();

        assertThat(mean).isLessThan(1_200);
        assertThat(RowPack.ofRows(stored(calls.get(OPEN)))).hasSizeLessThan(950);
    }

    private static Map<String, byte[]> stored(List<Row> rows) {
        Map<String, byte[]> stored = new TreeMap<>();
        rows.forEach(row -> new RowGroup(new StoredRows(stored), RowIdentity.group(row))
                .add(RowIdentity.arrived(row, new RecordHeaders(), 0)));
        return stored;
    }

    private record StoredRows(Map<String, byte[]> entries) implements RowGroup.Shelf {
        @Override
        public byte[] bytes(String name) {
            return entries.get(name);
        }

        @Override
        public SeenRow row(String name) {
            byte[] bytes = entries.get(name);
            return bytes == null ? null : SeenRow.fromBytes(bytes, false);
        }

        @Override
        public void put(String name, byte[] bytes) {
            entries.put(name, bytes);
        }
    }
}
