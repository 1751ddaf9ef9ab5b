package com.sipstack.asterisk.sink;

import java.time.Instant;
import okio.ByteString;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A CDR or CEL event on its way to the API.
 *
 * @param record where it came from
 * @param ticket its place
 * @param pbx whose it is
 * @param hostname the PBX's host name
 * @param occurrence which it is of the call's records that may say the same, from 1 on
 * @param json the CDR or event alone, as the API takes it
 * @param deadline from when on a failed attempt was the last
 */
record RawRecord(
        SinkRecord record,
        OffsetTicket ticket,
        RawKind kind,
        String pbx,
        String hostname,
        int occurrence,
        ByteString json,
        Instant deadline) {

    /** How much memory the record takes, in bytes: as it was read, and as it is sent. */
    long bytes() {
        return 2L * json.size();
    }
}
