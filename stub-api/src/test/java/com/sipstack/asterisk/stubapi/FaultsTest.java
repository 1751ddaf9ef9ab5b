package com.sipstack.asterisk.stubapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.util.Fields;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private static final ApiRequest REQUEST =
            new ApiRequest("GET", "/v1/health", HttpFields.EMPTY, Fields.EMPTY, new byte[0], 0);

    private final AtomicLong nanos = new AtomicLong();
    private final Faults faults = faults(7);

    private Faults faults(long seed) {
        return new Faults(seed, nanos::get, new Counters());
    }

    private long struckOf1000(Faults struckBy) {
        return IntStream.range(0, 1_000)
                .filter(i -> struckBy.afterBody(REQUEST).ending().isPresent())
                .count();
    }

    @Test
    void aShareOfTheRequestsIsStruckTheSameForTheSameSeed() {
        Faults twin = faults(7);
        faults.add(Fault.status(500).withShare(0.3));
        twin.add(Fault.status(500).withShare(0.3));

        long struck = struckOf1000(faults);

        assertThat(struck).isCloseTo(300L, within(60L));
        assertThat(struckOf1000(twin)).isEqualTo(struck);
    }

    @Test
    void aShareOfZeroStrikesNoRequest() {
        faults.add(Fault.status(500).withShare(0));

        assertThat(struckOf1000(faults)).isZero();
    }

    @Test
    void aFaultEndsWhenItsTimeIsOver() {
        faults.add(Fault.status(500).withDuration(Duration.ofSeconds(5)));

        assertThat(faults.afterBody(REQUEST).ending()).isPresent();
        nanos.set(Duration.ofSeconds(5).toNanos());
        assertThat(faults.afterBody(REQUEST).ending()).isEmpty();
        assertThat(faults.list()).isEmpty();
    }

    @Test
    void delaysAddUpUntilTheFirstOtherFault() {
        faults.add(
                Fault.delay(Duration.ofMillis(10)),
                Fault.delay(Duration.ofMillis(20)),
                Fault.status(500),
                Fault.delay(Duration.ofMillis(40)),
                Fault.loseAnswer());

        assertThat(faults.afterBody(REQUEST))
                .isEqualTo(new FaultPlan(
                        Duration.ofMillis(30), Optional.of(new FaultEffect.Respond(500, Optional.empty()))));
    }

    @Test
    void aFaultThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> Fault.status(99)).hasMessage("status: 99 is not from 200 to 599");
        assertThatThrownBy(() -> Fault.loseAnswer().withShare(1.5)).hasMessage("share: 1.5 is not from 0 to 1");
        assertThatThrownBy(() -> Fault.loseAnswer().withTimes(0)).hasMessage("times: must be more than 0");
        assertThatThrownBy(() -> Fault.loseAnswer().withPath("/calls"))
                .hasMessage("path: /calls does not begin with /v1");
        assertThatThrownBy(() -> Fault.resetBeforeBody().withLinkedid("1.1"))
                .hasMessage("linkedid: is not known before the body was read");
    }
}
