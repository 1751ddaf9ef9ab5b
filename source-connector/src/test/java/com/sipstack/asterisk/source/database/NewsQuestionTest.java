package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewsQuestionTest {
    private static final AsteriskTable CDR = new AsteriskTable("cdr", RowKind.CDR);
    private static final AsteriskTable CEL = new AsteriskTable("cel", RowKind.CEL);
    private static final IdGap GAP = new IdGap(7, 8, 1, Instant.EPOCH);

    private final NewsQuestion question = NewsQuestion.of(
            List.of(new BatchReader.End(CDR, 10, List.of(GAP)), new BatchReader.End(CEL, 300, List.of())),
            Dialect.MARIADB);

    @Test
    void oneQuestionAsksForTheNewestRowsAndForThoseOfGaps() {
        assertThat(question.sql())
                .isEqualTo("SELECT (SELECT MAX(id) FROM `cdr`), (SELECT MIN(id) FROM `cdr` WHERE "
                        + IdGap.condition(List.of(GAP)) + "), (SELECT MAX(id) FROM `cel`)");
    }

    @Test
    void tablesWithTheSameNewestRowAndOpenGapsAreNotRead() {
        assertThat(question.ended(List.of(10L, 0L, 300L))).containsExactlyInAnyOrder(CDR, CEL);
    }

    @Test
    void aTableWithANewerRowIsRead() {
        assertThat(question.ended(List.of(10L, 0L, 301L))).containsExactly(CDR);
    }

    @Test
    void aTableWithALateRowIsRead() {
        assertThat(question.ended(List.of(10L, 8L, 300L))).containsExactly(CEL);
    }

    @Test
    void aTableThatWasEmptiedIsRead() {
        assertThat(question.ended(List.of(0L, 0L, 300L))).containsExactly(CEL);
    }
}
