package com.sipstack.asterisk.stubapi;

/** How a document stands to those of its call that came before it. */
public enum ArrivalOrder {
    /** The first of its call, a later revision than any before, or a document without a revision. */
    IN_ORDER,
    /** A revision that came before, with the same Idempotency-Key: a repeat, which at-least-once delivery allows. */
    DUPLICATE,
    /** A revision that did not come before and is lower than one that did. */
    OUT_OF_ORDER,
    /** A revision that came before, but with another Idempotency-Key: two documents claim to be the same. */
    CONFLICT
}
