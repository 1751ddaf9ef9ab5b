package com.sipstack.asterisk.benchmarks.console;

import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/** A page that reads and shows nothing. */
final class Discarding implements Subscriber<String> {
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
        System.err.println("A page was cut off: " + fault.getMessage());
    }

    @Override
    public void onComplete() {
        System.err.println("A page was ended");
    }
}
