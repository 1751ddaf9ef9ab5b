package com.sipstack.asterisk.assembler.interpret;

/**
 * What a call's document may tell.
 *
 * @param transfers whether transfers are looked for
 * @param dtmf whether the digits that people typed stand among the events; they may be secrets
 * @param rows whether the call's rows stand in it as they were logged
 */
public record StoryRules(boolean transfers, boolean dtmf, boolean rows) {
    public static final StoryRules DEFAULT = new StoryRules(true, false, false);
}
