package com.sipstack.asterisk.source.database;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.junit.jupiter.Testcontainers;

/** The database source's tests once more, on brokers and servers in containers. Skipped where there is no Docker. */
@Testcontainers(disabledWithoutDocker = true)
@ExtendWith(InContainers.class)
class ContainersIT {
    @Nested
    class Source extends DatabaseSourceIT {}

    @Nested
    class Task extends DatabaseSourceTaskIT {}

    @Nested
    class Validation extends DatabaseSourceValidationIT {}

    @Nested
    class Gaps extends DatabaseGapsIT {}

    @Nested
    class Epochs extends DatabaseEpochIT {}

    @Nested
    class Ranges extends DatabaseRangeIT {}

    @Nested
    class Storms extends DatabaseStormIT {}

    @Nested
    class Columns extends DatabaseColumnsIT {}

    @Nested
    class Clusters extends ClusterTablesIT {}

    @Nested
    class KeylessTables extends KeylessTableIT {}

    @Nested
    class KeylessColumns extends KeylessColumnsIT {}

    @Nested
    class Recordings extends RecordingTablesIT {}
}
