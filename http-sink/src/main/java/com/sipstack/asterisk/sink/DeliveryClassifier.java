package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.sink.Delivery.Accepted;
import com.sipstack.asterisk.sink.Delivery.Rejected;
import com.sipstack.asterisk.sink.Delivery.Retry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import okhttp3.Headers;

/** The one place that decides what an answer of the API means. Safe for any thread. */
final class DeliveryClassifier {
    private final Clock clock;

    DeliveryClassifier(Clock clock) {
        this.clock = clock;
    }

    /** @param body the beginning of the answer's body, or all of it */
    Delivery answered(int status, Headers headers, String body) {
        Failure failure = Failure.answered(status, body);
        return switch (status) {
            case 200, 201, 202 -> new Accepted();
            // The key may be mended, and no document is to blame for it
            case 401, 403 -> retry(Trouble.KEY_REFUSED, failure, headers);
            case 408, 425 -> retry(Trouble.FAILING, failure, headers);
            case 429 -> retry(Trouble.RATE_LIMITED, failure, headers);
            default -> status >= 500 ? retry(Trouble.FAILING, failure, headers) : new Rejected(failure);
        };
    }

    /** No answer came, or not in time, or not whole. */
    Delivery unanswered(IOException cause) {
        return new Retry(Trouble.UNREACHABLE, Failure.unanswered(cause), Duration.ZERO);
    }

    private Retry retry(Trouble trouble, Failure failure, Headers headers) {
        return new Retry(trouble, failure, RetryAfter.from(headers, clock.instant()));
    }
}
