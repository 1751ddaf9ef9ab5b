package com.sipstack.asterisk.sink;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * Why a document was not accepted.
 *
 * @param status the HTTP status; empty if there was no answer
 * @param summary what happened, fit for a log
 * @param detail the beginning of the answer's body, or what is wrong with the record: it may name callers; empty if unknown
 */
record Failure(OptionalInt status, String summary, String detail) {
    static final int LONGEST_BODY = 500;

    static Failure answered(int status, String body) {
        return new Failure(
                OptionalInt.of(status), "HTTP " + status, body.substring(0, Math.min(body.length(), LONGEST_BODY)));
    }

    static Failure unanswered(IOException cause) {
        return new Failure(OptionalInt.empty(), cause.toString(), "");
    }

    /** @param detail which may quote the record */
    static Failure malformed(String detail) {
        return new Failure(OptionalInt.empty(), "not a call document", detail);
    }

    /** The same failure as the last of a document whose time is up. */
    Failure expired(Duration limit) {
        return new Failure(status, "not accepted within " + limit + ", at last " + summary, detail);
    }

    /** The same failure as the last of a document that failed while others passed. */
    Failure alone(int attempts) {
        return new Failure(status, "failed " + attempts + " times while others passed, at last " + summary, detail);
    }

    /** The same failure as the last of a recording that was missing for as long as many others. */
    Failure crowding(int misses) {
        return new Failure(
                status,
                "missing " + misses + " times while such recordings took up more than half of "
                        + RecordingQueueConfig.MAX_RECORDINGS + ", at last " + summary,
                detail);
    }

    /** For the dead-letter queue: all that is known. */
    String reason() {
        return detail.isBlank() ? summary : summary + ": " + detail;
    }
}
