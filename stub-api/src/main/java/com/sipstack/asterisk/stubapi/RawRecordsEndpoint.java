package com.sipstack.asterisk.stubapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;

/** Takes batches of raw CDRs and CEL events, and counts them. */
final class RawRecordsEndpoint implements Endpoint {
    private final RecentList<ReceivedBatch> batches;
    private final Counters counters;

    RawRecordsEndpoint(RecentList<ReceivedBatch> batches, Counters counters) {
        this.batches = batches;
        this.counters = counters;
    }

    @Override
    public ApiAnswer answer(ApiRequest request) {
        JsonNode batch = request.json();
        RawRecordRules.check(batch);
        int records = RawRecordRules.count(batch);
        batches.add(received(request, records));
        counters.add(Counter.RAW_RECORDS, records);
        return ApiAnswer.json(202, queued(records));
    }

    private static ReceivedBatch received(ApiRequest request, int records) {
        return new ReceivedBatch(
                Instant.now(),
                request.header(RequestRules.ASTERISK_HOSTNAME).orElse(""),
                request.header("Idempotency-Key"),
                records,
                request.text());
    }

    private static ObjectNode queued(int records) {
        ObjectNode answer = Json.MAPPER.createObjectNode();
        ArrayNode jobIds = answer.putArray("job_ids");
        for (int i = 0; i < records; i++) {
            jobIds.add(UUID.randomUUID().toString());
        }
        return answer.put("queued_count", records);
    }
}
