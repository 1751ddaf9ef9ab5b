package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.DeadLetter;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Dead letters of the assembler, as records have them. */
final class Letters {
    static final String STAGE = "assembler";

    private Letters() {}

    static Headers headers(DeadLetter letter) {
        RecordHeaders headers = new RecordHeaders();
        letter.toHeaders().forEach((name, text) -> headers.add(name, text.getBytes(StandardCharsets.UTF_8)));
        return headers;
    }
}
