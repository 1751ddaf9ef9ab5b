package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.sink.Delivery.Accepted;
import com.sipstack.asterisk.sink.Delivery.Rejected;
import com.sipstack.asterisk.sink.Delivery.Retry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import okhttp3.Headers;

/** The one place that decides what an answer of the API means. Safe for any thread. */
final class DeliveryClassifier {
    private final Set<Integer> accepted;
    private final Clock clock;

    /** @param accepted the statuses by which the API takes what was sent */
    DeliveryClassifier(Set<Integer> accepted, Clock clock) {
        this.accepted = accepted;
        this.clock = clock;
    }

    /** @param body reads the beginning of the answer's body, or all of it; not asked for where the status says enough */
    Delivery answered(int status, Headers headers, Supplier<String> body) {
        return accepted.contains(status)
                ? new Accepted(status)
                : refused(status, headers, Failure.answered(status, body.get()));
    }

    private Delivery refused(int status, Headers headers, Failure failure) {
        return switch (status) {
            // The key, or what was agreed on, may be mended, and no document is to blame for it
            case 401, 402, 403 -> retry(Trouble.KEY_REFUSED, failure, headers);
            // A proxy's, not the API's: what was sent is not to blame
            case 300, 301, 302, 303, 307, 308, 407 -> retry(Trouble.UNREACHABLE, failure, headers);
            // Of the address, which all documents share: a gateway says so while what is behind it is exchanged
            case 404, 405, 410, 421, 426 -> retry(Trouble.UNREACHABLE, failure, headers);
            // 409, 423: what was sent before, and got no answer in time, is perhaps still being taken in
            case 408, 409, 423, 425 -> retry(Trouble.FAILING, failure, headers);
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
