package com.sipstack.asterisk.sink;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;

/** Call documents that keep the API's contract, and their records. */
final class Calls {
    static final String TOPIC = "asterisk.calls";
    static final String PBX = "pbx-east";
    static final String API_KEY = "sk_0123456789abcdef0123456789abcdef";

    private Calls() {}

    static String key(String linkedid) {
        return PBX + "|" + linkedid;
    }

    static String json(String linkedid, long revision, boolean complete) {
        return """
                {"connector":"asterisk","connector_version":"1.0.0","hostname":"pbx-east.example","pbx":"pbx-east",\
                "linkedid":"%s","revision":%d,"ship_phase":"%s","is_complete":%b,"call_time":"2026-11-21T23:56:19.120Z",\
                "direction":"i","disposition":"ANSWERED","src_number":"14165551234","talk_seconds":6.10,\
                "call_threads":[],"call_threads_count":0}""".formatted(linkedid, revision, complete ? "complete" : "update", complete);
    }

    static SinkRecord record(String key, Object value, int partition, long offset, long timestamp) {
        return new SinkRecord(
                TOPIC, partition, Schema.STRING_SCHEMA, key, null, value, offset, timestamp, TimestampType.CREATE_TIME);
    }

    static SinkRecord record(String key, Object value) {
        return record(key, value, 0, 0, System.currentTimeMillis());
    }

    static SinkRecord revision(String linkedid, long revision, long offset) {
        byte[] value = json(linkedid, revision, false).getBytes(StandardCharsets.UTF_8);
        return record(key(linkedid), value, 0, offset, System.currentTimeMillis());
    }

    static OutboundDocument document(String linkedid, long revision) {
        return document(revision(linkedid, revision, revision));
    }

    static OutboundDocument document(SinkRecord record) {
        try {
            return new DocumentReader().read(record);
        } catch (MalformedDocumentException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
