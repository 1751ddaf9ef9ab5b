package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeylessIndexIT {
    private static final String FROM = "2026-11-21 18:00:00";

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aTableWithoutAnIndexIsAdvisedToHaveOne(TestServers server) throws Exception {
        TestDatabase database = KeylessCdrs.withoutIndex(server);
        database.insert("cdr", KeylessCdrs.corpus());
        String advice = advice(database).orElseThrow();
        assertThat(advice).startsWith("CREATE INDEX ").contains("cdr_calldate");

        database.execute(advice);
        assertThat(advice(database)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void aSmallTableThatIsScannedThoughItHasAnIndexNeedsNone(TestServers server) throws Exception {
        TestDatabase database = KeylessCdrs.database(server);
        database.insert("cdr", KeylessCdrs.corpus().subList(0, 2));

        assertThat(advice(database)).isEmpty();
    }

    @Test
    void theTaskGivesTheAdviceOnce() throws Exception {
        TestDatabase database = KeylessCdrs.withoutIndex(TestServers.POSTGRESQL);
        database.insert("cdr", KeylessCdrs.corpus());
        try (LogLines log = LogLines.of(KeylessPasses.class);
                RunningTask task = RunningTask.start(database.settings("keyless.wide.interval.ms", "1000"))) {
            task.awaitCounters(counters -> counters.turns() > 5);

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("PBX east, table cdr: ")
                    .endsWith("CREATE INDEX CONCURRENTLY \"cdr_calldate\" ON \"cdr\" (\"calldate\");");
        }
    }

    private static Optional<String> advice(TestDatabase database) throws Exception {
        DatabaseLogin login = new DatabaseLogin(
                database.jdbcUrl(),
                database.reader(),
                new Password(TestDatabase.READER_PASSWORD),
                Duration.ofSeconds(10));
        AsteriskTable table = new AsteriskTable("cdr", RowKind.CDR);
        try (Session session = Session.open(login)) {
            return new IndexAdvice(KeylessTable.of(table, session.layout(table))).ask(session, FROM);
        }
    }
}
