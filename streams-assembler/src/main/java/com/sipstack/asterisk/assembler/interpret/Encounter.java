package com.sipstack.asterisk.assembler.interpret;

/**
 * Two parties in one conversation, from the first's point of view. Times are UTC microseconds.
 *
 * @param partner the other party
 * @param until when one of them left, or the last that is known
 * @param step where in the dialplan the first party stood when they met
 * @param stay counts the first party's stays in bridges: encounters of one stay have the same number
 * @param leftFirst whether the first party was the one to leave
 */
record Encounter(Channel partner, long from, long until, Step step, int stay, boolean leftFirst) {}
