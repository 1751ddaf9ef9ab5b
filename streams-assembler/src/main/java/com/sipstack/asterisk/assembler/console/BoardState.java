package com.sipstack.asterisk.assembler.console;

import java.util.List;

/**
 * What stands above the calls.
 *
 * @param now this process's clock, in milliseconds since 1970
 * @param finished calls that ended and are remembered
 * @param caughtUp whether all is shown that was in the topics when the console started
 * @param faults why something is not shown; empty if nothing is wrong
 * @param letters that nothing was done with
 * @param mayReplay whether letters can be replayed from here at all
 */
record BoardState(
        long now,
        int live,
        int finished,
        boolean caughtUp,
        List<String> faults,
        List<MinuteRates.Minute> rates,
        List<PbxBoard.PbxState> pbxs,
        SipstackState sipstack,
        long letters,
        boolean mayReplay) {}
