package com.sipstack.asterisk.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * An order to forget a call. It is a record of {@link Topics#cel()} with the PBX's name as key, no value, and this header: so it
 * comes to whoever keeps the PBX's calls, behind the rows that it speaks of.
 *
 * @param call the call that is to be forgotten
 */
public record ForgetOrder(CallKey call) {
    private static final String HEADER = "sipstack.forget";

    /** The headers of the record. */
    public Headers headers() {
        return new RecordHeaders().add(HEADER, call.linkedid().getBytes(UTF_8));
    }

    /**
     * The order that a record of the topic is; empty if it is a row.
     *
     * @param key the record's
     * @throws RowFormatException if it is an order and names no call
     */
    public static Optional<ForgetOrder> in(String key, Headers headers) {
        Header header = headers.lastHeader(HEADER);
        if (header == null) {
            return Optional.empty();
        }
        if (key == null || !Pbx.isName(key) || header.value() == null || header.value().length == 0) {
            throw new RowFormatException("the order to forget a call names none");
        }
        return Optional.of(new ForgetOrder(new CallKey(key, new String(header.value(), UTF_8))));
    }
}
