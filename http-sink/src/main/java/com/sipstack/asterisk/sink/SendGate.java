package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.sink.Delivery.Retry;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a request may go out now, be it of which sink it is: not while the API is down, refuses our key, asked to be left alone, or
 * our limit is used up; and after an outage a few at first. Guarded by the dispatcher that it belongs to.
 */
final class SendGate {
    private static final Logger LOG = LoggerFactory.getLogger(SendGate.class);
    private static final Duration RECHECK = Duration.ofMillis(250);
    private static final Duration LONGEST_OPEN = Duration.ofSeconds(30);
    private static final Duration LIMIT_MEMORY = Duration.ofMinutes(1);
    private static final int WINDOW = 20;
    private static final int LEAST = 10;
    private static final int TRIALS = 3;

    private final Clock clock;
    private final Optional<Bucket> bucket;
    private final Duration longestHold;
    private final RequestWindow window;
    private final KeyWatch key;
    private final CircuitBreaker circuit;
    private int inFlight;
    private int era;
    private Instant heldUntil = Instant.MIN;
    private Instant limitedUntil = Instant.MIN;

    /** @param bucket of tokens, one for each request; empty if only the server limits us */
    SendGate(int maxInFlight, RetryConfig retry, Backoff backoff, Optional<Bucket> bucket, Clock clock) {
        this.clock = clock;
        this.bucket = bucket;
        this.longestHold = retry.timeout();
        this.window = new RequestWindow(maxInFlight);
        this.key = new KeyWatch(backoff);
        this.circuit = circuit(retry, clock);
        circuit.getEventPublisher().onStateTransition(event -> moved(event.getStateTransition()));
    }

    private static CircuitBreaker circuit(RetryConfig retry, Clock clock) {
        long first = retry.firstBackoff().toMillis();
        long longest = Math.max(first, Math.min(retry.longestBackoff().toMillis(), LONGEST_OPEN.toMillis()));
        return CircuitBreaker.of(
                "api",
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(WINDOW)
                        .minimumNumberOfCalls(LEAST)
                        .permittedNumberOfCallsInHalfOpenState(TRIALS)
                        .waitIntervalFunctionInOpenState(
                                IntervalFunction.ofExponentialRandomBackoff(first, 2, 0.5, longest))
                        .clock(clock)
                        .build());
    }

    /** Zero if a request may go out, which it then must; else how long to wait before asking again, unless an answer comes before. */
    Duration enter() {
        Instant now = clock.instant();
        if (now.isBefore(heldUntil)) {
            return Duration.between(now, heldUntil);
        }
        if (inFlight >= window.size() || !key.permits(now) || !circuit.tryAcquirePermission()) {
            return RECHECK;
        }
        Duration wait = takeToken(now);
        if (wait.isZero()) {
            inFlight++;
            key.sent();
        } else {
            circuit.releasePermission();
        }
        return wait;
    }

    private Duration takeToken(Instant now) {
        if (bucket.isEmpty()) {
            return Duration.ZERO;
        }
        ConsumptionProbe probe = bucket.get().tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            return Duration.ZERO;
        }
        limitedUntil = now.plus(LIMIT_MEMORY);
        return Duration.ofNanos(probe.getNanosToWaitForRefill()).plusMillis(1);
    }

    /**
     * A request is back.
     *
     * @param suspicion what is held against what was sent: if it failed before, the API is not blamed for it once more
     */
    void leave(Delivery delivery, Suspicion suspicion) {
        inFlight--;
        key.answered(delivery, clock.instant());
        if (!(delivery instanceof Retry retry)) {
            circuit.onSuccess(0, TimeUnit.MILLISECONDS);
            window.widen();
        } else if (retry.trouble().isOutage() && (circuit.getState() != State.CLOSED || suspicion.isFirstIn(era))) {
            circuit.onError(
                    0, TimeUnit.MILLISECONDS, new IOException(retry.failure().summary()));
        } else {
            circuit.releasePermission();
        }
    }

    /** A request was given up, and nobody knows what became of it. */
    void abandon() {
        inFlight--;
        key.abandoned();
        circuit.releasePermission();
    }

    /**
     * The API may have asked to be left alone as a whole.
     *
     * @param wait of the document that failed
     */
    void hold(Retry retry, Duration wait) {
        Instant now = clock.instant();
        if (retry.trouble() == Trouble.RATE_LIMITED) {
            limitedUntil = now.plus(LIMIT_MEMORY).plus(wait);
            holdUntil(now, wait);
        } else if (circuit.getState() != State.CLOSED) {
            // While it is closed, this may be about one document alone
            holdUntil(now, retry.retryAfter());
        }
    }

    private void holdUntil(Instant now, Duration wait) {
        Instant until = now.plus(wait.compareTo(longestHold) < 0 ? wait : longestHold);
        heldUntil = until.isAfter(heldUntil) ? until : heldUntil;
    }

    /** True while our rate is what limits us. */
    boolean isLimited() {
        return clock.instant().isBefore(limitedUntil);
    }

    boolean isWaitingForKey() {
        return key.isRefused();
    }

    int inFlight() {
        return inFlight;
    }

    /** 0 if requests go out as usual, 1 if some try whether the API is back, 2 if none goes out. */
    int circuitState() {
        return switch (circuit.getState()) {
            case OPEN, FORCED_OPEN -> 2;
            case HALF_OPEN -> 1;
            default -> 0;
        };
    }

    private void moved(StateTransition transition) {
        if (transition.getToState() == State.OPEN) {
            window.restart();
        } else if (transition.getToState() == State.CLOSED) {
            era++;
        }
        LOG.info("The circuit to the API goes from {} to {}", transition.getFromState(), transition.getToState());
    }
}
