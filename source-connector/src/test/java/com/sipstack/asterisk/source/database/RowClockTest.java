package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.model.WrittenTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nights in which clocks are changed, on PBXs where a call of five minutes begins every three. */
class RowClockTest {
    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final ZoneId TORONTO = ZoneId.of("America/Toronto");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneRule AUTO = new ZoneRule(Optional.empty(), ZoneOffset.UTC);

    /** A row and the moment that it tells of. */
    private record Told(TableRow row, Instant moment) {}

    static Stream<Arguments> nights() {
        Instant torontoAutumn = Instant.parse("2026-11-01T03:00:00Z");
        Instant torontoSpring = Instant.parse("2027-03-14T04:00:00Z");
        Instant berlinAutumn = Instant.parse("2026-10-24T22:00:00Z");
        Instant berlinSpring = Instant.parse("2027-03-27T22:00:00Z");
        return Stream.of(
                        Arguments.of(TORONTO, torontoAutumn),
                        Arguments.of(TORONTO, torontoSpring),
                        Arguments.of(BERLIN, berlinAutumn),
                        Arguments.of(BERLIN, berlinSpring))
                .flatMap(night -> Stream.of(AUTO, new ZoneRule(Optional.of((ZoneId) night.get()[0]), ZoneOffset.UTC))
                        .map(rule -> Arguments.of(night.get()[0], night.get()[1], rule)));
    }

    @ParameterizedTest
    @MethodSource("nights")
    void everyEventIsToldAtItsMoment(ZoneId zone, Instant evening, ZoneRule rule) throws Exception {
        List<Told> told = new ArrayList<>();
        for (int call = 0; call < 160; call++) {
            Instant start = evening.plus(Duration.ofMinutes(3L * call));
            told.add(event("CHAN_START", start, start, call, zone));
        }
        assertThat(moments(RowKind.CEL, told, rule))
                .isEqualTo(told.stream().map(Told::moment).toList());
    }

    @ParameterizedTest
    @MethodSource("nights")
    void theEventsOfACallOverTheChangeAreToldAtTheirMoments(ZoneId zone, Instant evening, ZoneRule rule)
            throws Exception {
        List<Told> told = new ArrayList<>();
        for (int minute = 0; minute < 480; minute += 3) {
            Instant now = evening.plus(Duration.ofMinutes(minute));
            told.add(event("CHAN_START", now, now, minute, zone));
            told.add(event("BRIDGE_ENTER", now.plusSeconds(20), evening, 0, zone));
            told.add(event("CHAN_END", now.plusSeconds(70), now, minute, zone));
        }
        assertThat(moments(RowKind.CEL, told, rule))
                .isEqualTo(told.stream().map(Told::moment).toList());
    }

    @ParameterizedTest
    @MethodSource("nights")
    void everyLegIsToldAtItsBegin(ZoneId zone, Instant evening, ZoneRule rule) throws Exception {
        List<Told> told = new ArrayList<>();
        for (int call = 0; call < 160; call++) {
            Instant start = evening.plus(Duration.ofMinutes(3L * call));
            told.add(leg(start, start, call, 300, zone));
            told.add(leg(start.plusSeconds(100), start, call, 200, zone));
        }
        assertThat(moments(RowKind.CDR, told, rule))
                .isEqualTo(told.stream().map(Told::moment).toList());
    }

    /** 03:00 in Toronto, where it was 02:00 a second before. */
    private static final Instant SPRING = Instant.parse("2027-03-14T07:00:00Z");

    @Test
    void aChannelThatOutlivesTheSpringChangeIsToldWithoutANewOneAsItIsRead() throws Exception {
        List<Told> told = List.of(
                event("CHAN_START", SPRING.minusSeconds(900), SPRING.minusSeconds(900), 1, TORONTO),
                event("ANSWER", SPRING.plusSeconds(60), SPRING.minusSeconds(900), 1, TORONTO),
                event("HANGUP", SPRING.plusSeconds(4000), SPRING.minusSeconds(900), 1, TORONTO));

        assertThat(moments(RowKind.CEL, told, AUTO))
                .isEqualTo(told.stream().map(Told::moment).toList());
    }

    @Test
    void aLegThatBeginsAfterTheSpringChangeOnAnOldChannelIsTold() throws Exception {
        List<Told> told = List.of(
                leg(SPRING.minusSeconds(900), SPRING.minusSeconds(900), 1, 600, TORONTO),
                leg(SPRING.plusSeconds(60), SPRING.minusSeconds(800), 2, 300, TORONTO));

        assertThat(moments(RowKind.CDR, told, AUTO))
                .isEqualTo(told.stream().map(Told::moment).toList());
    }

    @Test
    void daysLaterTheNextChannelTellsWhatCameBeforeIt() throws Exception {
        List<Told> told = List.of(
                event("CHAN_START", SPRING.minusSeconds(900), SPRING.minusSeconds(900), 1, TORONTO),
                event("ANSWER", SPRING.plusSeconds(60), SPRING.minusSeconds(900), 1, TORONTO),
                event("CHAN_START", SPRING.plusSeconds(120), SPRING.plusSeconds(120), 2, TORONTO),
                event("HANGUP", SPRING.plusSeconds(180), SPRING.minusSeconds(900), 1, TORONTO));

        assertThat(momentsOfBatch(told, AUTO))
                .isEqualTo(told.stream().map(Told::moment).toList());
    }

    @Test
    void theFallbackTellsWhereNoChannelDoesAndItAgreesSoFar() throws Exception {
        List<Told> told = List.of(
                event("CHAN_START", SPRING.minusSeconds(900), SPRING.minusSeconds(900), 1, TORONTO),
                event("HANGUP", SPRING.plusSeconds(60), SPRING.minusSeconds(900), 1, TORONTO));

        assertThat(momentsOfBatch(told, new ZoneRule(Optional.empty(), TORONTO)))
                .isEqualTo(told.stream().map(Told::moment).toList());
    }

    @Test
    void aFallbackThatTheRowsContradictIsNotAsked() throws Exception {
        ZoneId jamaica = ZoneId.of("America/Jamaica");
        List<Told> told = List.of(
                event("CHAN_START", SPRING.plusSeconds(10), SPRING.plusSeconds(10), 1, jamaica),
                event("HANGUP", SPRING.plusSeconds(7200), SPRING.plusSeconds(10), 1, jamaica));

        assertThat(momentsOfBatch(told, new ZoneRule(Optional.empty(), TORONTO)))
                .isEqualTo(told.stream().map(Told::moment).toList());
    }

    @Test
    void aPbxWhoseClockIsAheadKeepsItsZone() throws Exception {
        List<Told> told = List.of(
                event("CHAN_START", SPRING, SPRING, 1, TORONTO),
                event("ANSWER", SPRING.plusSeconds(5), SPRING, 1, TORONTO));
        AdjustableClock clock = new AdjustableClock(SPRING.minusSeconds(3600));

        assertThat(momentsOfBatch(told, AUTO, clock))
                .isEqualTo(told.stream().map(Told::moment).toList());
    }

    /** All are read at once, days later. */
    private static List<Instant> momentsOfBatch(List<Told> told, ZoneRule rule) throws Exception {
        return momentsOfBatch(
                told, rule, new AdjustableClock(told.get(0).moment().plus(Duration.ofDays(3))));
    }

    private static List<Instant> momentsOfBatch(List<Told> told, ZoneRule rule, AdjustableClock clock)
            throws Exception {
        ZoneInference inference = new ZoneInference("PBX east", RowKind.CEL, rule, clock);
        RowClock rowClock = new RowClock(inference, RowKind.CEL, clock);
        List<TableRow> rows = told.stream().map(Told::row).toList();
        inference.learn(rows.subList(0, 1), limit -> List.of());
        rowClock.expect(rows);
        return rows.stream()
                .map(row ->
                        WrittenTime.parse(row.text("eventtime")).orElseThrow().in(rowClock.zoneOf(row)))
                .toList();
    }

    /** Each row is read a second after it was written: an event at its time, a leg at its end. */
    private static List<Instant> moments(RowKind kind, List<Told> told, ZoneRule rule) throws Exception {
        AdjustableClock clock = new AdjustableClock(told.get(0).moment());
        ZoneInference inference = new ZoneInference("PBX east", kind, rule, clock);
        RowClock rowClock = new RowClock(inference, kind, clock);
        List<Instant> moments = new ArrayList<>();
        for (Told one : told) {
            Instant read = one.moment().plusSeconds(1 + kind.seconds(one.row()));
            clock.advance(Duration.between(clock.instant(), read));
            inference.learn(List.of(one.row()), limit -> List.of());
            ZoneId zone = rowClock.zoneOf(one.row());
            moments.add(WrittenTime.parse(one.row().text(kind.timeColumn()))
                    .orElseThrow()
                    .in(zone));
        }
        return moments;
    }

    private static Told event(String type, Instant moment, Instant channelStart, int number, ZoneId zone) {
        return new Told(
                new TableRow(
                        number,
                        Map.of(
                                "eventtype",
                                type,
                                "eventtime",
                                written(moment, zone),
                                "uniqueid",
                                channelStart.getEpochSecond() + "." + number)),
                moment);
    }

    private static Told leg(Instant start, Instant channelStart, int number, int duration, ZoneId zone) {
        return new Told(
                new TableRow(
                        number,
                        Map.of(
                                "calldate",
                                written(start, zone),
                                "duration",
                                duration,
                                "uniqueid",
                                channelStart.getEpochSecond() + "." + number)),
                start);
    }

    private static String written(Instant moment, ZoneId zone) {
        return LocalDateTime.ofInstant(moment, zone).format(WRITTEN);
    }
}
