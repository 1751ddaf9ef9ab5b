package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.model.CallKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import okio.Buffer;
import okio.ByteString;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A call document on its way to the API.
 *
 * @param record where it came from
 * @param call which call it tells of
 * @param hostname the PBX's host name
 * @param revision 0 if the document has none
 * @param complete whether it tells the whole call
 * @param idempotencyKey the same on every attempt
 * @param json the document without {@code shipped_at}: an object with one field at least, without white space
 */
record OutboundDocument(
        SinkRecord record,
        CallKey call,
        String hostname,
        long revision,
        boolean complete,
        String idempotencyKey,
        ByteString json) {

    /** How much memory the document takes, in bytes: as it was read, and as it is sent. */
    long bytes() {
        return 2L * json.size();
    }

    /** The document as it is sent at this moment, {@code shipped_at} its last field. */
    ByteString shippedAt(Instant moment) {
        String shippedAt = ",\"shipped_at\":\"" + moment.truncatedTo(ChronoUnit.MILLIS) + "\"}";
        return new Buffer().write(json, 0, json.size() - 1).writeUtf8(shippedAt).readByteString();
    }
}
