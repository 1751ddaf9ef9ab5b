package com.sipstack.asterisk.stubapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the stub received, as the JSON that it serves. */
final class ReceivedJson {
    private ReceivedJson() {}

    static JsonNode of(ReceivedCall call) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        call.customerId().ifPresent(id -> json.put("customer_id", id));
        json.put("hostname", call.hostname()).put("linkedid", call.linkedid());
        json.put("documents", call.documents());
        json.set("phases", Json.MAPPER.valueToTree(call.phases()));
        json.set("revisions", Json.MAPPER.valueToTree(call.revisions()));
        json.set("idempotency_keys", Json.MAPPER.valueToTree(call.idempotencyKeys()));
        json.put("duplicates", call.duplicates()).put("out_of_order", call.outOfOrder());
        json.put("conflicts", call.conflicts()).put("stale", call.stale());
        json.put("first_received_at", call.firstReceivedAt().toString());
        json.put("last_received_at", call.lastReceivedAt().toString());
        json.set("document", call.document());
        return json;
    }

    static JsonNode of(ReceivedBatch batch) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("received_at", batch.receivedAt().toString()).put("hostname", batch.hostname());
        batch.idempotencyKey().ifPresent(key -> json.put("idempotency_key", key));
        return json.put("records", batch.records()).put("body", batch.json());
    }

    static JsonNode of(ReceivedUpload upload) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("received_at", upload.receivedAt().toString()).put("path", upload.path());
        json.put("hostname", upload.hostname());
        upload.idempotencyKey().ifPresent(key -> json.put("idempotency_key", key));
        json.set("fields", Json.MAPPER.valueToTree(upload.fields()));
        json.put("file_name", upload.fileName()).put("content_type", upload.contentType());
        return json.put("audio_bytes", upload.audioBytes()).put("audio_sha256", upload.audioSha256());
    }

    static JsonNode of(Refusal refusal) {
        return Json.MAPPER
                .createObjectNode()
                .put("refused_at", refusal.refusedAt().toString())
                .put("method", refusal.method())
                .put("path", refusal.path())
                .put("status", refusal.status())
                .put("reason", refusal.reason())
                .put("body", refusal.body());
    }
}
