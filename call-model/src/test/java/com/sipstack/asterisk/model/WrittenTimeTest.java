package com.sipstack.asterisk.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.demopbx.Corpus;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenTimeTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-21 18:54:48, 2026-11-21T23:54:48Z",
        "2026-11-21 18:54:48.996147, 2026-11-21T23:54:48.996147Z",
        "2026-11-21 18:54:48.000001, 2026-11-21T23:54:48.000001Z",
        "2026-11-21 18:54:48.5, 2026-11-21T23:54:48.5Z",
        "2026-07-21T18:54:48, 2026-07-21T22:54:48Z",
        "2026-11-21T23:54:48.5Z, 2026-11-21T23:54:48.5Z",
        "2026-11-21 23:54:48+01, 2026-11-21T22:54:48Z",
        "1795305288.862330, 2026-11-21T23:54:48.862330Z",
        "1795305288, 2026-11-21T23:54:48Z",
    })
    void timesAreReadInAllTheFormsThatPbxsWrite(String text, Instant moment) {
        assertThat(WrittenTime.parse(text)).map(time -> time.in(Corpus.ZONE)).contains(moment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "0000-00-00 00:00:00",
                "2026-13-01 00:00:00",
                "17953052880000000000",
                "infinity",
                "+294276-01-01 00:00:00",
                "+999999999-12-31 23:59:59.999999",
                "-0043-03-15 10:00:00"
            })
    void whatIsNoTimeIsNone(String text) {
        assertThat(WrittenTime.parse(text)).isEmpty();
    }

    @Test
    void noTextIsNoTime() {
        assertThat(WrittenTime.parse(null)).isEmpty();
    }

    @Test
    void aTimeOfAnyYearThatCanBeWrittenHasItsMicroseconds() {
        assertThat(WrittenTime.micros(Instant.parse("0001-01-01T00:00:00.000001Z")))
                .isEqualTo(-62_135_596_799_999_999L);
        assertThat(WrittenTime.micros(Instant.parse("9999-12-31T23:59:59Z"))).isEqualTo(253_402_300_799_000_000L);
        assertThat(WrittenTime.micros(Instant.parse("1969-12-31T23:59:59.9999999Z")))
                .isEqualTo(-1);
    }
}
