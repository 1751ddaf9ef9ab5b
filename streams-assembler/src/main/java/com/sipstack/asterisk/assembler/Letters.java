package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.DeadLetter;
import com.sipstack.asterisk.model.Provenance;
import com.sipstack.asterisk.model.Row;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Writes dead letters: what the assembler cannot take or tell. Belongs to its task's thread. */
final class Letters {
    static final String STAGE = "assembler";

    private final ProcessorContext<String, byte[]> context;

    Letters(ProcessorContext<String, byte[]> context) {
        this.context = context;
    }

    /** A record that cannot be taken. */
    void bury(Record<String, byte[]> record, RecordMetadata metadata, String reason) {
        DeadLetter letter = DeadLetter.ofRecord(
                STAGE, reason, record.key(), metadata.topic(), metadata.partition(), metadata.offset());
        bury(record.key(), record.value(), letter);
    }

    /** A call that cannot be told. */
    void bury(CallKey call, RuntimeException fault) {
        String reason = "the call " + call.linkedid() + " cannot be told: " + fault;
        byte[] name = call.toString().getBytes(StandardCharsets.UTF_8);
        bury(call.pbx(), name, new DeadLetter(STAGE, reason, call.pbx(), null, null, null, null, null));
    }

    /** A row that was taken and cannot be told any more. Its letter holds its columns as JSON. */
    void bury(Row row, String reason) {
        String origin = row.provenance().origin();
        Long position = row.provenance().position();
        String pbx = row.provenance().pbx();
        bury(pbx, RowCodec.json(row), new DeadLetter(STAGE, reason, pbx, origin, position, null, null, null));
    }

    /** What must not be kept: where it stood is told, and nothing of what it said. */
    void buryUnread(Provenance place, String reason) {
        DeadLetter letter =
                new DeadLetter(STAGE, reason, place.pbx(), place.origin(), place.position(), null, null, null);
        bury(place.pbx(), null, letter);
    }

    static Headers headers(DeadLetter letter) {
        RecordHeaders headers = new RecordHeaders();
        letter.toHeaders().forEach((name, text) -> headers.add(name, text.getBytes(StandardCharsets.UTF_8)));
        return headers;
    }

    private void bury(String key, byte[] value, DeadLetter letter) {
        context.forward(
                new Record<>(key, value, context.currentSystemTimeMs(), headers(letter)),
                AssemblerTopology.DEAD_LETTERS);
    }
}
