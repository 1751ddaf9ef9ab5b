package com.sipstack.asterisk.stubapi;

/** What the stub counts; {@link StubStats} says what each means. */
enum Counter {
    REQUESTS,
    HTTP2_REQUESTS,
    ACCEPTED,
    REFUSED,
    DOCUMENTS,
    CALLS,
    DUPLICATES,
    OUT_OF_ORDER,
    CONFLICTS,
    RAW_RECORDS,
    UPLOADS,
    FAULTS_INJECTED
}
