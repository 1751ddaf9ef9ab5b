package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Provenance;
import com.sipstack.asterisk.model.Row;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** By what a row is known again when it is read twice. */
final class RowIdentity {
    private RowIdentity() {}

    /**
     * A row's place in its origin, where it has one. Else a CDR is known by its channel and sequence, which Asterisk gives to each
     * leg once, or by its two channels and its start; an event by nothing: many are equal, and each of them happened.
     */
    static String of(Row row, RecordMetadata metadata) {
        Provenance provenance = row.provenance();
        if (provenance.position() != null) {
            return provenance.source() + "/" + provenance.origin() + "/" + provenance.position();
        }
        return row instanceof Cdr cdr
                ? "leg/" + cdr.uniqueid() + "/" + legOf(cdr)
                : metadata.topic() + "-" + metadata.partition() + "@" + metadata.offset();
    }

    private static String legOf(Cdr cdr) {
        return cdr.sequence() != null
                ? cdr.sequence().toString()
                : cdr.channel() + "/" + cdr.dstchannel() + "/" + cdr.calldate();
    }
}
