package com.sipstack.asterisk.sink;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;

/** Raw records as the assembler writes them. */
final class RawRecords {
    static final String HOSTNAME = "pbx-east.example";

    private RawRecords() {}

    static String cdr(String uniqueid) {
        return cdr("pbx-east", uniqueid, "inbound");
    }

    /** @param direction anything but inbound, outbound and internal breaks the API's contract */
    static String cdr(String pbx, String uniqueid, String direction) {
        return """
                {"kind":"cdr","pbx":"%s","hostname":"%s.example","record":{"src":"4165551234","dst":"101",\
                "direction":"%s","duration":12,"billsec":6.10,"disposition":"ANSWERED",\
                "calldate":"2026-11-21T23:56:19Z","uniqueid":"%s","linkedid":"%s"}}""".formatted(pbx, pbx, direction, uniqueid, uniqueid);
    }

    static String cel(String uniqueid, int id) {
        return """
                {"kind":"cel","pbx":"pbx-east","hostname":"pbx-east.example","record":{"id":%d,"eventtype":"ANSWER",\
                "eventtime":"2026-11-21 23:56:19","uniqueid":"%s","linkedid":"%s"}}""".formatted(id, uniqueid, uniqueid);
    }

    /** Another one that says the same. */
    static String occurrence(int number, String json) {
        return json.replace("\"record\":", "\"occurrence\":" + number + ",\"record\":");
    }

    static SinkRecord record(String json, long offset) {
        return record(json, offset, System.currentTimeMillis());
    }

    static SinkRecord record(String json, long offset, long timestamp) {
        return new SinkRecord(
                RecordingContext.PARTITION.topic(),
                RecordingContext.PARTITION.partition(),
                Schema.STRING_SCHEMA,
                "pbx-east",
                null,
                json.getBytes(StandardCharsets.UTF_8),
                offset,
                timestamp,
                TimestampType.CREATE_TIME);
    }
}
