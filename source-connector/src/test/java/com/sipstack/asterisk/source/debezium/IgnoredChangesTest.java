package com.sipstack.asterisk.source.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.source.database.AsteriskTable;
import com.sipstack.asterisk.source.database.RowKind;
import com.sipstack.asterisk.source.debezium.TableChange.RowErased;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IgnoredChangesTest {
    private static final RowErased DELETION = new RowErased(new AsteriskTable("cdr", RowKind.CDR), "east");

    private Instant now = Instant.EPOCH;

    @Test
    void everyDeletionCountsAndOneInAMinuteIsWorthAWord() {
        IgnoredChanges ignored = new IgnoredChanges(() -> now);

        assertThat(ignored.erased(DELETION)).isTrue();
        for (int i = 0; i < 1000; i++) {
            assertThat(ignored.erased(DELETION)).isFalse();
        }
        now = now.plusSeconds(60);
        assertThat(ignored.erased(DELETION)).isTrue();
        assertThat(ignored.total()).isEqualTo(1002);
    }
}
