package com.sipstack.asterisk.sink;

import java.util.Collection;
import java.util.concurrent.atomic.LongAdder;

/** What has become of CDRs since the task started, without the CEL events that go with them. Safe for any thread. */
final class CdrTotals {
    private final LongAdder shipped = new LongAdder();
    private final LongAdder failed = new LongAdder();

    void accepted(Collection<RawRecord> records) {
        shipped.add(records.stream().filter(CdrTotals::isCdr).count());
    }

    /** It was refused, or failed for too long. */
    void buried(RawRecord record) {
        failed.add(isCdr(record) ? 1 : 0);
    }

    long shippedTotal() {
        return shipped.sum();
    }

    long failedTotal() {
        return failed.sum();
    }

    private static boolean isCdr(RawRecord record) {
        return record.kind() == RawKind.CDR;
    }
}
