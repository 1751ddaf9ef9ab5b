package com.sipstack.asterisk.assembler;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Row;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** Many calls of many PBXs at once, their rows out of order, twice and late. */
class TrafficTest extends TopologyFixture {
    @Test
    void everyCallIsToldAsTheInterpreterTellsItHoweverItsRowsCome() throws Exception {
        Traffic traffic = Traffic.of(150, 6, new Random(42));
        int rows = 0;
        for (Row row : traffic.part(0, 1)) {
            input(row instanceof Cdr ? TOPICS.cdr() : TOPICS.cel())
                    .pipeInput(new TestRecord<>(row.provenance().pbx(), bytes(row), now));
            if (++rows % 20 == 0) {
                pass(Duration.ofSeconds(1));
            }
        }
        pass(Duration.ofMinutes(2));

        Map<String, Long> told = new HashMap<>();
        documents()
                .forEach(document -> told.put(
                        document.get("pbx").asText() + "|"
                                + document.get("linkedid").asText(),
                        Traffic.contentOf(document)));
        assertThat(told).isEqualTo(traffic.expected());
        assertThat(letters()).isEmpty();
    }
}
