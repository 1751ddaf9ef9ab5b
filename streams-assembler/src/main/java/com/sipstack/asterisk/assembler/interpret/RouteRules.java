package com.sipstack.asterisk.assembler.interpret;

/**
 * Which ways lead outside and which stay inside, as configured. What is not named here is told by common habits.
 *
 * @param trunks endpoints of the channels that lead outside
 * @param internal contexts that people inside dial in
 * @param external contexts that calls from outside enter by
 * @param outbound contexts that lead outside
 * @param transfers contexts that calls run in which somebody transferred
 * @param queues contexts of queues
 * @param menus contexts of menus, where what looks like an extension is a key
 */
public record RouteRules(
        NamePatterns trunks,
        NamePatterns internal,
        NamePatterns external,
        NamePatterns outbound,
        NamePatterns transfers,
        NamePatterns queues,
        NamePatterns menus) {
    public static final RouteRules NONE =
            new RouteRules(NamePatterns.NONE, NamePatterns.NONE, NamePatterns.NONE, NamePatterns.NONE);

    public RouteRules(NamePatterns trunks, NamePatterns internal, NamePatterns external, NamePatterns outbound) {
        this(trunks, internal, external, outbound, NamePatterns.NONE, NamePatterns.NONE, NamePatterns.NONE);
    }
}
