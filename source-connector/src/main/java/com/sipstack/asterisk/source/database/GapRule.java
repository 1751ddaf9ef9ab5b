package com.sipstack.asterisk.source.database;

import java.time.Duration;

/**
 * How long to wait for the rows of missing ids.
 *
 * @param timeout after which an id's row no longer comes
 * @param mostRanges how many gaps of a table to wait for at once
 */
record GapRule(Duration timeout, int mostRanges) {}
