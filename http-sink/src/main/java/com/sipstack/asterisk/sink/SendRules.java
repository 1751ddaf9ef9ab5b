package com.sipstack.asterisk.sink;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * By what a task decides when it sends, sends again and gives up.
 *
 * @param retryTimeout the age of a record from which on it is not sent again
 */
record SendRules(SendGate gate, Backoff backoff, BadRecordRule badRecords, Duration retryTimeout) {
    static SendRules of(
            ApiConfig api,
            RetryConfig retry,
            BadRecordConfig badRecord,
            int maxInFlight,
            RandomGenerator random,
            Clock clock) {
        Backoff backoff = new Backoff(retry.firstBackoff(), retry.longestBackoff(), random);
        SendGate gate = new SendGate(maxInFlight, retry, backoff, RateLimits.of(api.key(), api.workers()), clock);
        return new SendRules(gate, backoff, new BadRecordRule(badRecord), retry.timeout());
    }

    /** From when on a failed attempt was the last. */
    Instant deadline(SinkRecord record, Clock clock) {
        Long written = record.timestamp();
        return (written == null ? clock.instant() : Instant.ofEpochMilli(written)).plus(retryTimeout);
    }
}
