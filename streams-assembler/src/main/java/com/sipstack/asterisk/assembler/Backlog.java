package com.sipstack.asterisk.assembler;

/** How far the rows of a partition have been read. */
interface Backlog {
    /**
     * The latest moment of which it is known that every row written before it has been processed: milliseconds since 1970, or 0
     * while there is a backlog of unknown age. Any thread may ask, again and again: the answer may take a moment to come.
     */
    long readUpTo(int partition);
}
