package com.sipstack.asterisk.sink;

/**
 * What a task has in memory.
 *
 * @param documents how many, those under way included
 * @param bytes that they take
 */
record Load(int documents, long bytes) {}
