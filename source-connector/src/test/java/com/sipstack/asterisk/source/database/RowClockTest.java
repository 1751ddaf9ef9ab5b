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
