package com.sipstack.asterisk.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.model.Cdr;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** What cannot be told becomes a letter, and the rest goes on. */
class AssemblerLettersTest extends TopologyFixture {
    @Test
    void whatIsNoRowBecomesALetterAndTheRestGoesOn() {
        input(TOPICS.cel()).pipeInput(new TestRecord<>(PBX, "{\"uniqueid\":".getBytes(UTF_8), now));
        input(TOPICS.cel())
                .pipeInput(new TestRecord<>(
                        "pbx-west", bytes(calls.get(anyAnsweredCall()).get(0)), now));
        input(TOPICS.cdr()).pipeInput(new TestRecord<>(PBX, null, now));
        write(calls.get(anyAnsweredCall()));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(letters()).hasSize(3);
        assertThat(documents()).hasSize(1);
    }

    @Test
    void aRowOfAPbxWithAnImpossibleNameBecomesALetterAndTheRestGoesOn() {
        Map<String, Object> columns = Cdr.MAPPING.toColumns((Cdr) calls.get(anyAnsweredCall()).stream()
                .filter(Cdr.class::isInstance)
                .findFirst()
                .orElseThrow());
        columns.put("pbx", "pbx|east");
        input(TOPICS.cdr()).pipeInput(new TestRecord<>("pbx|east", bytes(Cdr.MAPPING.fromColumns(columns)), now));
        write(calls.get(anyAnsweredCall()));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(letters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.reason()).contains("pbx|east"));
        assertThat(documents()).hasSize(1);
    }

    @Test
    void aCallThatCannotBeToldBecomesALetterAndTheOthersGoOn() {
        driver.close();
        AssemblerConfig config = new AssemblerConfig(Map.of(
                "bootstrap.servers",
                "localhost:1",
                "state.dir",
                directory.resolve("other").toString()));
        Interpretation configured = new PbxSettings(config.originals()).interpretation();
        start(
                config,
                new Interpretation(
                        pbx -> {
                            throw new IllegalStateException("no such PBX");
                        },
                        configured.filters(),
                        configured.profiles()));
        write(calls.get(anyAnsweredCall()));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(letters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.reason())
                        .contains(anyAnsweredCall().linkedid())
                        .contains("no such PBX"));
        assertThat(isEmpty(CallStores.ROWS)).isFalse();
    }
}
