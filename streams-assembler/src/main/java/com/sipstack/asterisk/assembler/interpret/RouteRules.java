package com.sipstack.asterisk.assembler.interpret;

/**
 * Which ways lead outside and which stay inside, as configured. What is not named here is told by common habits.
 *
 * @param trunks endpoints of the channels that lead outside
 * @param internal contexts that people inside dial in
 * @param external contexts that calls from outside enter by
 * @param outbound contexts that lead outside
 */
public record RouteRules(NamePatterns trunks, NamePatterns internal, NamePatterns external, NamePatterns outbound) {
    public static final RouteRules NONE =
            new RouteRules(NamePatterns.NONE, NamePatterns.NONE, NamePatterns.NONE, NamePatterns.NONE);
}
