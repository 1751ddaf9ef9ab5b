package com.sipstack.asterisk.sink;

/** The place of one record, which must not be committed before the record is handled. Safe for any thread. */
record OffsetTicket(PartitionOffsets partition, long offset) {
    void handled() {
        partition.handled(offset);
    }

    boolean isOwned() {
        return partition.isOwned();
    }
}
