package com.sipstack.asterisk.assembler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Row;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** The machine's clock was hours ahead until somebody put it right. */
class ClockSetBackTest extends TopologyFixture {
    private static final Duration AHEAD = Duration.ofHours(5);

    private final CallKey call = anyAnsweredCall();

    @Test
    void rowsThatWereWrittenByAClockAheadHoldUpNoCall() {
        List<Row> rows = calls.get(call);
        Row early = rows.get(0);
        input(early instanceof Cdr ? TOPICS.cdr() : TOPICS.cel())
                .pipeInput(new TestRecord<>(PBX, bytes(early), now.plus(AHEAD)));
        write(rows.subList(1, rows.size()));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        isComplete(lastDocuments().get(call.linkedid()));
    }

    @Test
    void callsThatWereOpenMeanwhileAreToldInTimeByTheNextStart() {
        now = now.plus(AHEAD);
        driver.close();
        start(Map.of());
        write(calls.get(call));
        Map<String, Map<Object, Object>> state = state();
        driver.close();

        now = now.minus(AHEAD);
        start(Map.of());
        restore(state);
        pass(COMPLETE_AFTER.plus(A_MOMENT));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        isComplete(lastDocuments().get(call.linkedid()));
    }

    private static void isComplete(JsonNode document) {
        assertThat(document.get("ship_phase").asText()).isEqualTo("complete");
    }

    private Map<String, Map<Object, Object>> state() {
        Map<String, Map<Object, Object>> state = new HashMap<>();
        driver.getAllStateStores().forEach((name, store) -> {
            if (store instanceof KeyValueStore<?, ?>) {
                Map<Object, Object> entries = state.computeIfAbsent(name, one -> new HashMap<>());
                try (KeyValueIterator<Object, Object> all =
                        driver.<Object, Object>getKeyValueStore(name).all()) {
                    all.forEachRemaining(entry -> entries.put(entry.key, entry.value));
                }
            }
        });
        return state;
    }

    private void restore(Map<String, Map<Object, Object>> state) {
        state.forEach((name, entries) -> driver.<Object, Object>getKeyValueStore(name)
                .putAll(entries.entrySet().stream()
                        .map(entry -> KeyValue.pair(entry.getKey(), entry.getValue()))
                        .toList()));
    }
}
