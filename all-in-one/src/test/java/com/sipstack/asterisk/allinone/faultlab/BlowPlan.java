package com.sipstack.asterisk.allinone.faultlab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Which blows fall, in which order, when and for how long: all of it the seed's doing. */
record BlowPlan(long seed, List<Strike> strikes) {
    private static final int LEAST_MS = 500;
    private static final int HOLD_MS = 4_000;
    private static final int PAUSE_MS = 2_500;

    /** @param pause before it */
    record Strike(Duration pause, Blow blow, Duration hold) {
        @Override
        public String toString() {
            return String.format("after %d ms %s for %d ms", pause.toMillis(), blow, hold.toMillis());
        }
    }

    /** So many blows, each kind once before any comes twice. */
    static BlowPlan of(long seed, int number) {
        Random random = new Random(seed);
        List<Strike> strikes = new ArrayList<>();
        while (strikes.size() < number) {
            List<Blow> kinds = new ArrayList<>(List.of(Blow.values()));
            Collections.shuffle(kinds, random);
            for (Blow blow : kinds.subList(0, Math.min(kinds.size(), number - strikes.size()))) {
                strikes.add(new Strike(
                        Duration.ofMillis(LEAST_MS + random.nextInt(PAUSE_MS)),
                        blow,
                        Duration.ofMillis(LEAST_MS + random.nextInt(HOLD_MS))));
            }
        }
        return new BlowPlan(seed, List.copyOf(strikes));
    }

    BlowPlan without(Blow blow) {
        return new BlowPlan(
                seed, strikes.stream().filter(strike -> strike.blow() != blow).toList());
    }

    Set<Blow> kinds() {
        return strikes.stream().map(Strike::blow).collect(Collectors.toCollection(() -> EnumSet.noneOf(Blow.class)));
    }

    @Override
    public String toString() {
        return "seed " + seed + ":\n" + strikes.stream().map(Strike::toString).collect(Collectors.joining("\n"));
    }
}
