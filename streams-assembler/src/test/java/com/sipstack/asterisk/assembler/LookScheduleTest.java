package com.sipstack.asterisk.assembler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.junit.jupiter.api.Test;

/** A task that has calls to tell, and one that has none. */
class LookScheduleTest {
    private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    private final LookSchedule looks = new LookSchedule(context, time -> {});

    @Test
    void aTaskLooksTenTimesASecondAtFirst() {
        assertThat(intervals()).containsExactly(100L);
    }

    @Test
    void itRestsUntilACallIsDue() {
        looks.restFor(4_900);

        assertThat(intervals()).containsExactly(4_900L);
    }

    @Test
    void itRestsForTenSecondsAtMost() {
        looks.restFor(CallState.NEVER);

        assertThat(intervals()).containsExactly(10_000L);
    }

    @Test
    void itDoesNotRestWhileCallsAreDue() {
        looks.restFor(-1);

        assertThat(intervals()).containsExactly(100L);
    }

    @Test
    void aRowEndsItsRest() {
        looks.restFor(4_900);
        looks.soon();

        assertThat(intervals()).containsExactly(100L);
    }

    @Test
    void aTaskThatIsTakenAwayLooksNoMore() {
        looks.close();

        assertThat(intervals()).isEmpty();
    }

    /** Of those that go on. */
    private Iterable<Long> intervals() {
        return context.scheduledPunctuators().stream()
                .filter(punctuator -> !punctuator.cancelled())
                .map(CapturedPunctuator::getInterval)
                .map(Duration::toMillis)
                .toList();
    }
}
