package com.sipstack.asterisk.assembler;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * When a task looks at what is due. Kafka Streams commits after each look, with exactly_once a transaction of its own: a task that has
 * nothing to wait for looks seldom. Belongs to the task's thread.
 */
final class LookSchedule implements AutoCloseable {
    private static final long SOON_MS = 100;
    /** Bounds how many looks wait that were replaced: Kafka Streams keeps them until their time. */
    private static final long LONGEST_MS = Duration.ofSeconds(10).toMillis();

    private final ProcessorContext<?, ?> context;
    private final Punctuator look;
    private Cancellable looks = () -> {};
    private long interval;

    /** Begins to look. */
    LookSchedule(ProcessorContext<?, ?> context, Punctuator look) {
        this.context = context;
        this.look = look;
        soon();
    }

    /** Something may be due before long. */
    void soon() {
        lookEvery(SOON_MS);
    }

    /** To be said in a look: nothing is due for so many milliseconds, unless something happens. */
    void restFor(long millis) {
        lookEvery(Math.max(SOON_MS, Math.min(millis, LONGEST_MS)));
    }

    /** A task that is resumed begins anew. */
    @Override
    public void close() {
        looks.cancel();
    }

    private void lookEvery(long millis) {
        if (millis != interval) {
            looks.cancel();
            looks = context.schedule(Duration.ofMillis(millis), PunctuationType.WALL_CLOCK_TIME, look);
            interval = millis;
        }
    }
}
