package com.sipstack.asterisk.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeadLetterTest {
    static DeadLetter[] letters() {
        return new DeadLetter[] {
            DeadLetter.ofSource("row has neither linkedid nor uniqueid", "east", "cel#0", 17L),
            DeadLetter.ofRecord("sink", "refused with status 422", "east", "asterisk.calls", 3, 99),
            DeadLetter.ofRecord("assembler", "key is no PBX name", null, "asterisk.cdr", 0, 1),
        };
    }

    @ParameterizedTest
    @MethodSource("letters")
    void whatASenderWritesAReaderReads(DeadLetter letter) {
        Map<String, byte[]> headers = new HashMap<>();
        letter.toHeaders().forEach((name, text) -> headers.put(name, text.getBytes(StandardCharsets.UTF_8)));

        assertThat(DeadLetter.fromHeaders(headers)).isEqualTo(letter);
    }
}
