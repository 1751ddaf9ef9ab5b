package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.sink.Delivery.Accepted;
import com.sipstack.asterisk.sink.Delivery.Rejected;
import com.sipstack.asterisk.sink.Delivery.Retry;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryClassifierTest {
    private static final Headers NONE = Headers.of();

    private final DeliveryClassifier classifier = new DeliveryClassifier(Set.of(200, 201, 202), Clock.systemUTC());

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202})
    void theContractsThreeStatusesAccept(int status) {
        assertThat(classifier.answered(status, NONE, () -> "")).isInstanceOf(Accepted.class);
    }

    @ParameterizedTest
    @CsvSource({
        "401, KEY_REFUSED",
        "402, KEY_REFUSED",
        "403, KEY_REFUSED",
        "301, UNREACHABLE",
        "307, UNREACHABLE",
        "404, UNREACHABLE",
        "405, UNREACHABLE",
        "407, UNREACHABLE",
        "408, FAILING",
        "409, FAILING",
        "410, UNREACHABLE",
        "421, UNREACHABLE",
        "423, FAILING",
        "425, FAILING",
        "426, UNREACHABLE",
        "429, RATE_LIMITED",
        "500, FAILING",
        "502, FAILING",
        "503, FAILING",
        "504, FAILING",
        "599, FAILING"
    })
    void whatLiesOutsideOfTheDocumentIsRetried(int status, Trouble trouble) {
        assertThat(classifier.answered(status, NONE, () -> ""))
                .isEqualTo(new Retry(trouble, Failure.answered(status, ""), Duration.ZERO));
    }

    @ParameterizedTest
    @ValueSource(ints = {203, 204, 304, 400, 413, 415, 422})
    void everyOtherStatusRejects(int status) {
        assertThat(classifier.answered(status, NONE, () -> "why"))
                .isEqualTo(new Rejected(Failure.answered(status, "why")));
    }

    @Test
    void noAnswerIsRetried() {
        Delivery delivery = classifier.unanswered(new SocketTimeoutException("timeout"));

        assertThat(delivery)
                .isInstanceOfSatisfying(
                        Retry.class, retry -> assertThat(retry.trouble()).isEqualTo(Trouble.UNREACHABLE));
    }

    @Test
    void theReasonHasTheStatusAndTheBeginningOfTheBody() {
        Failure failure = Failure.answered(422, "x".repeat(600));

        assertThat(failure.reason()).isEqualTo("HTTP 422: " + "x".repeat(500));
        assertThat(failure.summary()).isEqualTo("HTTP 422");
    }

    @Test
    void retryAfterComesAlong() {
        assertThat(classifier.answered(429, Headers.of("Retry-After", "7"), () -> ""))
                .isInstanceOfSatisfying(
                        Retry.class, retry -> assertThat(retry.retryAfter()).hasSeconds(7));
    }
}
