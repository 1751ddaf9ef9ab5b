package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.demopbx.Corpus;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZoneInferenceTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final ZoneRule AUTO = new ZoneRule(Optional.empty(), ZoneId.of("Asia/Tokyo"));
    /** 2026-11-21T23:54:48Z. */
    private static final String UNIQUEID = "1795305288.0";

    @ParameterizedTest
    @CsvSource({
        "2026-11-21 18:54:48.996147, -05:00",
        "2026-11-21 23:54:49, Z",
        "2026-11-22 05:39:48, +05:45",
        "2026-11-22 12:55:30, +13:00",
        "2026-11-21 05:54:48, -18:00",
    })
    void aChannelsStartTellsTheOffset(String eventtime, String offset) {
        ZoneInference zone = cel(AUTO);
        zone.observe(chanStart(eventtime, UNIQUEID));

        assertThat(zone.zone()).isEqualTo(ZoneOffset.of(offset));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21 18:59:48, 1795305288.0",
        "2026-11-20 23:54:48, 1795305288.0",
        "2026-11-21 18:54:48, my-own-id",
        "1795305288.996147, 1795305288.0",
        "no time, 1795305288.0",
    })
    void whatIsNoEvidenceLeavesTheFallback(String eventtime, String uniqueid) {
        ZoneInference zone = cel(AUTO);
        zone.observe(chanStart(eventtime, uniqueid));

        assertThat(zone.zone()).isEqualTo(AUTO.fallback());
    }

    @Test
    void otherEventsTellNothing() {
        ZoneInference zone = cel(AUTO);
        zone.observe(row("eventtype", "ANSWER", "eventtime", "2026-11-21 18:54:48", "uniqueid", UNIQUEID));

        assertThat(zone.zone()).isEqualTo(AUTO.fallback());
    }

    @Test
    void theWholeBatchIsSearchedBeforeItsFirstRow() throws SQLException {
        ZoneInference zone = cel(AUTO);
        zone.learn(
                List.of(row("eventtype", "ANSWER"), chanStart("2026-11-21 18:54:48", UNIQUEID)),
                limit -> List.of(chanStart("2026-11-21 23:54:48", UNIQUEID)));

        assertThat(zone.zone()).isEqualTo(ZoneOffset.ofHours(-5));
    }

    @Test
    void earlierRowsAreAskedForOnceIfTheBatchTellsNothing() throws SQLException {
        ZoneInference zone = cel(AUTO);
        zone.learn(List.of(row("eventtype", "ANSWER")), limit -> List.of());
        zone.learn(List.of(row("eventtype", "ANSWER")), limit -> {
            throw new AssertionError("asked again");
        });

        assertThat(zone.zone()).isEqualTo(AUTO.fallback());
    }

    @Test
    void earlierRowsTellWhatTheBatchDoesNot() throws SQLException {
        ZoneInference zone = cel(AUTO);
        zone.learn(List.of(row("eventtype", "ANSWER")), limit -> List.of(chanStart("2026-11-21 18:54:48", UNIQUEID)));

        assertThat(zone.zone()).isEqualTo(ZoneOffset.ofHours(-5));
    }

    @Test
    void aClockThatChangesToSummerTimeIsFollowed() {
        ZoneInference zone = cel(AUTO);
        zone.observe(chanStart("2026-11-21 18:54:48", UNIQUEID));
        zone.observe(chanStart("2026-11-21 19:54:48", UNIQUEID));

        assertThat(zone.zone()).isEqualTo(ZoneOffset.ofHours(-4));
    }

    @Test
    void aLegThatBeganAQuarterOfAnHourAfterItsChannelChangesNothing() {
        ZoneInference zone = new ZoneInference("PBX east, table cdr", RowKind.CDR, AUTO, CLOCK);
        zone.observe(cdr("2026-11-21 18:54:48"));
        zone.observe(cdr("2026-11-21 19:09:50"));
        zone.observe(cdr("2026-11-21 18:56:30"));
        assertThat(zone.zone()).isEqualTo(ZoneOffset.ofHours(-5));

        for (int i = 0; i < 3; i++) {
            zone.observe(row("calldate", "2026-11-21 19:54:48", "uniqueid", UNIQUEID + i));
        }
        assertThat(zone.zone()).isEqualTo(ZoneOffset.ofHours(-4));
    }

    @Test
    void aConfiguredZoneIsNotQuestioned() throws SQLException {
        ZoneInference zone = cel(new ZoneRule(Optional.of(Corpus.ZONE), ZoneOffset.UTC));
        zone.learn(List.of(chanStart("2026-11-21 23:54:48", UNIQUEID)), limit -> List.of());
        zone.observe(chanStart("2026-11-21 23:54:48", UNIQUEID));

        assertThat(zone.zone()).isEqualTo(Corpus.ZONE);
    }

    @Test
    void aConfiguredZoneThatSeveralChannelsContradictIsDoubtedAndObeyed() {
        ZoneInference zone = cel(new ZoneRule(Optional.of(ZoneId.of("Europe/Berlin")), ZoneOffset.UTC));
        zone.observe(chanStart("2026-11-21 18:54:48", UNIQUEID));
        zone.observe(chanStart("2026-11-21 18:54:48", UNIQUEID));
        zone.observe(chanStart("2026-11-21 18:54:48", "1795305288.1"));
        assertThat(zone.isContradicted()).isFalse();
        zone.observe(chanStart("2026-11-21 18:54:49", "1795305289.2"));

        assertThat(zone.isContradicted()).isTrue();
        assertThat(zone.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        zone.observe(chanStart("2026-11-22 00:54:50", "1795305290.3"));
        assertThat(zone.isContradicted()).isFalse();
    }

    @Test
    void aZoneThatTheCorpusContradictsIsWarnedAboutOnceForATableAndNoOther() {
        for (RowKind kind : List.of(RowKind.CDR, RowKind.CEL)) {
            try (LogLines log = LogLines.of(ZoneDoubt.class)) {
                assertThat(isContradictedByCorpus(kind, Corpus.ZONE)).isFalse();
                assertThat(log.warnings()).isEmpty();

                assertThat(isContradictedByCorpus(kind, ZoneId.of("Europe/London")))
                        .isTrue();
                assertThat(log.warnings())
                        .singleElement()
                        .asString()
                        .startsWith(
                                "corpus: timezone is Europe/London, but its rows tell that local time is UTC-05:00");
            }
        }
    }

    private static boolean isContradictedByCorpus(RowKind kind, ZoneId set) {
        ZoneInference zone = new ZoneInference("corpus", kind, new ZoneRule(Optional.of(set), ZoneOffset.UTC), CLOCK);
        Corpus.PBX_22_PJSIP
                .rows(kind == RowKind.CDR ? "cdr" : "cel")
                .forEach(columns -> zone.observe(new TableRow(1, columns)));
        return zone.isContradicted();
    }

    @Test
    void manyLegsOfOneChannelThatBeginAnHourIntoItChangeNothing() {
        ZoneInference zone = new ZoneInference("PBX east, table cdr", RowKind.CDR, AUTO, CLOCK);
        for (String calldate : List.of("18:54:48", "19:54:48", "19:54:48", "19:54:49", "19:54:50")) {
            zone.observe(cdr("2026-11-21 " + calldate));
        }
        assertThat(zone.zone()).isEqualTo(ZoneOffset.ofHours(-5));
    }

    @Test
    void theCorpusIsFromToronto() throws SQLException {
        for (RowKind kind : List.of(RowKind.CDR, RowKind.CEL)) {
            ZoneInference zone = new ZoneInference("corpus", kind, AUTO, CLOCK);
            for (Map<String, Object> columns : Corpus.PBX_22_PJSIP.rows(kind == RowKind.CDR ? "cdr" : "cel")) {
                zone.observe(new TableRow(1, columns));
            }
            assertThat(zone.zone()).isEqualTo(ZoneOffset.ofHours(-5));
        }
    }

    private static ZoneInference cel(ZoneRule rule) {
        return new ZoneInference("PBX east, table cel", RowKind.CEL, rule, CLOCK);
    }

    private static TableRow chanStart(String eventtime, String uniqueid) {
        return row("eventtype", "CHAN_START", "eventtime", eventtime, "uniqueid", uniqueid);
    }

    private static TableRow cdr(String calldate) {
        return row("calldate", calldate, "uniqueid", UNIQUEID);
    }

    private static TableRow row(String... columns) {
        Map<String, Object> row = new HashMap<>();
        for (int i = 0; i < columns.length; i += 2) {
            row.put(columns[i], columns[i + 1]);
        }
        return new TableRow(1, row);
    }
}
