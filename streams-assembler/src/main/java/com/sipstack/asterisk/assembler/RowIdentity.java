package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.Provenance;
import com.sipstack.asterisk.model.Row;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** By what a row is known again when it is read twice. */
final class RowIdentity {
    private RowIdentity() {}

    /** A row's place in its origin, where it has one; else what it says, and which of its twins it is. */
    static String of(Row row, Headers headers) {
        Provenance provenance = row.provenance();
        if (provenance.position() != null) {
            return provenance.source() + "/" + provenance.origin() + "/" + provenance.position();
        }
        return provenance.source() + "/" + (row instanceof Cdr cdr ? legOf(cdr) : eventOf((Cel) row)) + twin(headers);
    }

    /** Asterisk gives each leg of its process a sequence; older ones do not log it. */
    private static String legOf(Cdr cdr) {
        String leg = cdr.sequence() != null
                ? cdr.sequence().toString()
                : cdr.channel() + "/" + cdr.dstchannel() + "/" + cdr.calldate();
        return "leg/" + cdr.uniqueid() + "/" + leg;
    }

    private static String eventOf(Cel cel) {
        return "event/" + cel.uniqueid() + "/" + cel.eventtype() + "/" + cel.channame() + "/" + cel.localTime() + "/"
                + cel.extra();
    }

    private static String twin(Headers headers) {
        Header twin = headers.lastHeader(Provenance.TWIN_HEADER);
        return twin == null ? "" : "/" + new String(twin.value(), StandardCharsets.UTF_8);
    }
}
