package com.sipstack.asterisk.model;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What could not be read, assembled or delivered, and why. Sources, assembler and sinks write the same envelope: these values as
 * text headers of a record of the dead-letter topic, whose own value is what could not be handled, as it came.
 *
 * @param stage who gave up: {@code source}, {@code assembler} or {@code sink}
 * @param reason one sentence for a person
 * @param pbx null if unknown
 * @param origin table or file; null beyond the source
 * @param position place in the origin; null beyond the source
 * @param topic where the record stood; null in a source
 * @param partition null in a source
 * @param offset null in a source
 */
public record DeadLetter(
        String stage,
        String reason,
        String pbx,
        String origin,
        Long position,
        String topic,
        Integer partition,
        Long offset) {
    /** What the names of all our headers begin with, those that a sink adds of its attempts too. */
    public static final String HEADER_PREFIX = "sipstack.dlq.";
    /** The header that says of a replayed record which letter it was. */
    public static final String REPLAY_OF = HEADER_PREFIX + "replay.of";

    public static DeadLetter ofSource(String reason, String pbx, String origin, Long position) {
        return new DeadLetter("source", reason, pbx, origin, position, null, null, null);
    }

    public static DeadLetter ofRecord(
            String stage, String reason, String pbx, String topic, int partition, long offset) {
        return new DeadLetter(stage, reason, pbx, null, null, topic, partition, offset);
    }

    /** The headers to set, without those that are null. */
    public Map<String, String> toHeaders() {
        Map<String, String> headers = new LinkedHashMap<>();
        put(headers, "stage", stage);
        put(headers, "reason", reason);
        put(headers, "pbx", pbx);
        put(headers, "origin", origin);
        put(headers, "position", position);
        put(headers, "topic", topic);
        put(headers, "partition", partition);
        put(headers, "offset", offset);
        return headers;
    }

    /** Reads the headers of a record of the dead-letter topic; other headers are left alone. */
    public static DeadLetter fromHeaders(Map<String, byte[]> headers) {
        String position = text(headers, "position");
        String partition = text(headers, "partition");
        String offset = text(headers, "offset");
        return new DeadLetter(
                text(headers, "stage"),
                text(headers, "reason"),
                text(headers, "pbx"),
                text(headers, "origin"),
                position == null ? null : Long.valueOf(position),
                text(headers, "topic"),
                partition == null ? null : Integer.valueOf(partition),
                offset == null ? null : Long.valueOf(offset));
    }

    private static void put(Map<String, String> headers, String name, Object value) {
        if (value != null) {
            headers.put(HEADER_PREFIX + name, value.toString());
        }
    }

    private static String text(Map<String, byte[]> headers, String name) {
        byte[] value = headers.get(HEADER_PREFIX + name);
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }
}
