package com.sipstack.asterisk.stubapi;

/** All that a stub remembers, each part of it bounded. */
record StubRecords(
        Counters counters,
        CallStore calls,
        RecentList<Refusal> refusals,
        RecentList<ReceivedBatch> rawBatches,
        RecentList<ReceivedUpload> uploads) {
    private static final int REFUSALS = 100;
    private static final int BATCHES = 100;
    private static final int UPLOADS = 10_000;

    static StubRecords empty(int maxCalls) {
        Counters counters = new Counters();
        return new StubRecords(
                counters,
                new CallStore(maxCalls, counters),
                new RecentList<>(REFUSALS),
                new RecentList<>(BATCHES),
                new RecentList<>(UPLOADS));
    }

    void clear() {
        calls.clear();
        refusals.clear();
        rawBatches.clear();
        uploads.clear();
        counters.reset();
    }
}
