package com.sipstack.asterisk.benchmarks.console;

import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.function.BooleanSupplier;

/** A page that reads and shows nothing. */
final class Discarding implements Subscriber<String> {
    private final BooleanSupplier isOver;

    /** @param isOver whether nobody minds any more that it is cut off */
    Discarding(BooleanSupplier isOver) {
        this.isOver = isOver;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        // Read, which is all that counts
    }

    @Override
    public void onError(Throwable fault) {
        if (!isOver.getAsBoolean()) {
            System.err.println("A page was cut off: " + fault.getMessage());
        }
    }

    @Override
    public void onComplete() {
        if (!isOver.getAsBoolean()) {
            System.err.println("A page was ended");
        }
    }
}
