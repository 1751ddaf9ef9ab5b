package com.sipstack.asterisk.assembler.console;

/**
 * Where one document of a call stands in its topic.
 *
 * @param written when it was written, in milliseconds since 1970
 */
record RevisionPlace(int partition, long offset, int revision, long written) {}
