package com.sipstack.asterisk.sink;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okio.Buffer;
import okio.ByteString;

/** Raw records of one host name that go out in one request. Each attempt is an object of its own. */
final class RawBatch {
    private static final int HASH_CHARACTERS = 32;

    private final List<RawRecord> records;
    private final int failures;
    private final Instant failingSince;
    private final Suspicion suspicion;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /**
     * @param records at least one
     * @param failures how many requests with its records failed
     * @param failingSince when the first of these failed; null before it
     * @param suspicion shared by the parts of one batch, for one of their records may be to blame
     */
    private RawBatch(List<RawRecord> records, int failures, Instant failingSince, Suspicion suspicion) {
        this.records = List.copyOf(records);
        this.failures = failures;
        this.failingSince = failingSince;
        this.suspicion = suspicion;
    }

    static RawBatch of(List<RawRecord> records) {
        return new RawBatch(records, 0, null, new Suspicion());
    }

    /** The same records after a failed attempt. */
    RawBatch failed(Instant now) {
        return new RawBatch(records, failures + 1, failingSince == null ? now : failingSince, suspicion);
    }

    /** Some of the records, with what they have been through. */
    RawBatch only(List<RawRecord> some) {
        return some.size() == records.size() ? this : new RawBatch(some, failures, failingSince, suspicion);
    }

    List<RawBatch> halves() {
        int middle = records.size() / 2;
        return List.of(part(records.subList(0, middle)), part(records.subList(middle, records.size())));
    }

    /** What fails alone is watched on its own. */
    private RawBatch part(List<RawRecord> some) {
        return new RawBatch(some, failures, failingSince, some.size() == 1 ? new Suspicion() : suspicion);
    }

    Suspicion suspicion() {
        return suspicion;
    }

    List<RawRecord> records() {
        return records;
    }

    int size() {
        return records.size();
    }

    long bytes() {
        return records.stream().mapToLong(RawRecord::bytes).sum();
    }

    boolean isSingle() {
        return records.size() == 1;
    }

    int failures() {
        return failures;
    }

    Instant failingSince() {
        return failingSince;
    }

    /** Done when the request has ended. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    String hostname() {
        return records.get(0).hostname();
    }

    /**
     * {@code pbx/raw/number/hash}: the same for equal records in the same order, but not for two events that say the same.
     *
     * @param body this batch's
     */
    String idempotencyKey(ByteString body) {
        Buffer told = occurrences();
        ByteString hashed = told.size() == 0 ? body : told.write(body).readByteString();
        String hash = hashed.sha256().hex().substring(0, HASH_CHARACTERS);
        return records.get(0).pbx() + "/raw/" + records.size() + '/' + hash;
    }

    /** Of those that are not the first, with their places. */
    private Buffer occurrences() {
        Buffer told = new Buffer();
        for (int place = 0; place < records.size(); place++) {
            int occurrence = records.get(place).occurrence();
            if (occurrence > 1) {
                told.writeUtf8(place + "=" + occurrence + " ");
            }
        }
        return told;
    }

    /** An array of CDRs; with a CEL event in it, an object with both. */
    ByteString body() {
        Buffer body = new Buffer();
        if (records.stream().allMatch(record -> record.kind() == RawKind.CDR)) {
            return array(body, RawKind.CDR).readByteString();
        }
        array(body.writeUtf8("{\"cdrs\":"), RawKind.CDR);
        array(body.writeUtf8(",\"cels\":"), RawKind.CEL);
        return body.writeByte('}').readByteString();
    }

    private Buffer array(Buffer body, RawKind kind) {
        body.writeByte('[');
        boolean first = true;
        for (RawRecord record : records) {
            if (record.kind() == kind) {
                (first ? body : body.writeByte(',')).write(record.json());
                first = false;
            }
        }
        return body.writeByte(']');
    }
}
