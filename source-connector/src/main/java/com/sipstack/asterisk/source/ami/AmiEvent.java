package com.sipstack.asterisk.source.ami;

import java.util.Map;

/**
 * An event as it came over the line.
 *
 * @param name such as {@code CEL}
 * @param headers by their names as written, in their order; a header that came twice has its last value
 */
record AmiEvent(String name, Map<String, String> headers) {
    static final String CEL = "CEL";
    static final String CDR = "Cdr";
    static final String HOLD = "Hold";
    static final String UNHOLD = "Unhold";
    static final String SHUTDOWN = "Shutdown";
}
