package com.sipstack.asterisk.stubapi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The faults in force. They are tried in the order in which they were added: delays add up, and the first other fault that
 * strikes settles what becomes of the request. Thread safe.
 */
public final class Faults {
    private final Random random;
    private final LongSupplier nanoClock;
    private final Counters counters;
    private final List<ActiveFault> active = new ArrayList<>();

    Faults(long seed, LongSupplier nanoClock, Counters counters) {
        this.random = new Random(seed);
        this.nanoClock = nanoClock;
        this.counters = counters;
    }

    /** Puts faults into force, after those that are. */
    public synchronized void add(Fault... faults) {
        long now = nanoClock.getAsLong();
        Arrays.stream(faults).map(fault -> new ActiveFault(fault, now)).forEach(active::add);
    }

    /** Ends all faults. */
    public synchronized void clear() {
        active.clear();
    }

    /** Returns the faults that are not spent yet. */
    public synchronized List<Fault> list() {
        dropSpent();
        return active.stream().map(ActiveFault::fault).toList();
    }

    /** What is done to a request of which only the headers are there. */
    synchronized FaultPlan beforeBody(String path) {
        return plan(fault -> fault.fault().effect().beforeBody() && fault.matches(path));
    }

    /** What is done to a request that is there as a whole. */
    synchronized FaultPlan afterBody(ApiRequest request) {
        return plan(fault -> !fault.fault().effect().beforeBody() && fault.matches(request));
    }

    private FaultPlan plan(Predicate<ActiveFault> matches) {
        dropSpent();
        FaultPlan plan = FaultPlan.NONE;
        for (ActiveFault fault : active) {
            if (plan.ending().isEmpty() && matches.test(fault)) {
                plan = strike(fault, plan);
            }
        }
        return plan;
    }

    private FaultPlan strike(ActiveFault fault, FaultPlan plan) {
        if (!fault.strike(random)) {
            return plan;
        }
        counters.increment(Counter.FAULTS_INJECTED);
        return plan.and(fault.fault().effect());
    }

    private void dropSpent() {
        long now = nanoClock.getAsLong();
        active.removeIf(fault -> fault.isSpent(now));
    }
}
