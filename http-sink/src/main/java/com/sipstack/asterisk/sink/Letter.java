package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.model.DeadLetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A record for the dead-letter topic.
 *
 * @param record as it was read
 * @param failure why it could not be delivered
 * @param pbx null if unknown
 * @param attempt what is known of the attempts to deliver it, by the last part of the header's name
 * @param tickets the places of all records that are handled once the letter is written
 */
record Letter(SinkRecord record, Failure failure, String pbx, Map<String, String> attempt, List<OffsetTicket> tickets) {
    static Letter malformed(SinkRecord record, MalformedDocumentException cause, OffsetTicket ticket) {
        Failure failure = Failure.malformed(cause.getMessage());
        return new Letter(record, failure, cause.pbx().orElse(null), Map.of(), List.of(ticket));
    }

    static Letter rejected(Shipment shipment, Failure failure) {
        OutboundDocument document = shipment.document();
        Map<String, String> attempt =
                Map.of("attempts", Integer.toString(shipment.attempts()), "idempotency.key", document.idempotencyKey());
        return new Letter(document.record(), failure, document.call().pbx(), attempt, shipment.tickets());
    }

    /** Where the record stands, for messages. */
    String place() {
        return "topic " + record.originalTopic() + ", partition " + record.originalKafkaPartition() + ", offset "
                + record.originalKafkaOffset();
    }

    boolean isOwned() {
        return tickets.stream().allMatch(OffsetTicket::isOwned);
    }

    void handled() {
        tickets.forEach(OffsetTicket::handled);
    }

    /** A record of its own: of one that Connect made, it would write the original, without our headers. */
    SinkRecord toRecord() {
        return new SinkRecord(
                record.originalTopic(),
                record.originalKafkaPartition(),
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                record.originalKafkaOffset(),
                record.timestamp(),
                record.timestampType(),
                headers());
    }

    /** The record's own headers and ours, which take the place of those of an earlier letter. */
    private ConnectHeaders headers() {
        Map<String, String> ours = new HashMap<>(envelope().toHeaders());
        failure.status().ifPresent(status -> ours.put(DeadLetter.HEADER_PREFIX + "status", Integer.toString(status)));
        attempt.forEach((name, value) -> ours.put(DeadLetter.HEADER_PREFIX + name, value));
        ConnectHeaders headers = new ConnectHeaders(record.headers());
        ours.keySet().forEach(headers::remove);
        ours.forEach(headers::addString);
        return headers;
    }

    private DeadLetter envelope() {
        return DeadLetter.ofRecord(
                "sink",
                failure.reason(),
                pbx,
                record.originalTopic(),
                record.originalKafkaPartition(),
                record.originalKafkaOffset());
    }
}
