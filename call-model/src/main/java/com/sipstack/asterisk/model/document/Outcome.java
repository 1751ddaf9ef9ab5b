package com.sipstack.asterisk.model.document;

/**
 * How the call went.
 *
 * @param disposition ANSWERED, NO ANSWER, BUSY, FAILED or CONGESTION; null while nobody knows
 * @param answered whether a person talks or talked; an IVR or voicemail is none
 * @param anonymous whether the caller hid the number
 */
public record Outcome(Direction direction, String disposition, boolean answered, boolean anonymous, Hangup hangup) {
    /**
     * @param by {@code caller}, {@code callee} or {@code system}
     * @param cause Q.850 number
     */
    public record Hangup(String by, Integer cause, String causeText) {}
}
