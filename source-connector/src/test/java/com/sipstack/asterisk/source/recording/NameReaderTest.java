package com.sipstack.asterisk.source.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.model.RecordingName;
import com.sipstack.asterisk.source.database.ZoneRule;
import com.sipstack.asterisk.source.recording.NameReader.Told;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameReaderTest {
    private static final String MONITOR = "/var/spool/asterisk/monitor/";

    private final NameReader reader = new NameReader("pbx1");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                // the earlier connectors' examples
                "1702391234.12345.wav | 1702391234.12345 | - | - | - | - | -",
                "out-555-1234-555-5678-1702391234.12345.wav | 1702391234.12345 | o | - | 555-1234 | 555-5678 | -",
                "queue-sales-1702391234.12345.wav | 1702391234.12345 | - | sales | - | - | -",
                "20231212-143015-1702391234.12345.wav | 1702391234.12345 | - | - | - | - | 2023-12-12T14:30:15",
                "20231212-143015-4165551234-16475550101-1702391234.12345.wav"
                        + " | 1702391234.12345 | - | - | 4165551234 | 16475550101 | 2023-12-12T14:30:15",
                "inbound-4165551234-2023-12-12-14-30-15.wav | - | i | - | 4165551234 | - | 2023-12-12T14:30:15",
                "outbound-+14165551234.mp3 | - | o | - | +14165551234 | - | -",
                // as FreePBX names them
                "in-16475550101-4165551234-20261121-185448-1795305288.0.wav"
                        + " | 1795305288.0 | i | - | 16475550101 | 4165551234 | 2026-11-21T18:54:48",
                "in-16475550101-anonymous-20261121-190539-1795305939.2837.wav"
                        + " | 1795305939.2837 | i | - | 16475550101 | - | 2026-11-21T19:05:39",
                "in-16475550101--20261121-190539-1795305939.2837.WAV"
                        + " | 1795305939.2837 | i | - | 16475550101 | - | 2026-11-21T19:05:39",
                "out-14165550123-104-20261121-185527-1795305327.116.wav"
                        + " | 1795305327.116 | o | - | 14165550123 | - | 2026-11-21T18:55:27",
                "q-support-4165551234-20261121-185621-1795305379.310.wav"
                        + " | 1795305379.310 | - | support | 4165551234 | - | 2026-11-21T18:56:21",
                "rg-600-4165551234-20261121-190156-1795305716.1328.wav"
                        + " | 1795305716.1328 | - | - | 4165551234 | - | 2026-11-21T19:01:56",
                // uniqueids with a systemname, and names that are not of ours
                "pbx1-1795311772.0.wav | pbx1-1795311772.0 | - | - | - | - | -",
                "queue-tech-support-pbx1-1795311772.0.wav | pbx1-1795311772.0 | - | tech-support | - | - | -",
                "queue-400-4165551234-1795311772.0.wav | 1795311772.0 | - | 400 | 4165551234 | - | -",
                "mypbx1-1795311772.0.wav | 1795311772.0 | - | - | - | - | -",
                "queues/billing/1795311772.0.wav | 1795311772.0 | - | billing | - | - | -",
                "20261399-990000-voice mail.wav | - | - | - | 20261399 | - | -",
                "$(touch pwned)-`id`;'x'.wav | - | - | - | - | - | -",
                "interview.wav | - | - | - | - | - | -",
            })
    void aNameTellsWhatTheDialplanWroteIntoIt(
            String name,
            String uniqueid,
            String direction,
            String queue,
            String phone1,
            String phone2,
            LocalDateTime start) {
        Told told = reader.read(Path.of(MONITOR + name));

        assertThat(told.uniqueid()).isEqualTo(uniqueid);
        assertThat(told.start()).isEqualTo(start);
        assertThat(told.named()).isEqualTo(new RecordingName(direction, queue, phone1, phone2, null));
    }

    @Test
    void aNameWithALineBreakIsReadAsAnyOther() {
        Told told = reader.read(Path.of(MONITOR + "in-16475550101-\n\"é\"-1795311772.0.wav"));

        assertThat(told.uniqueid()).isEqualTo("1795311772.0");
        assertThat(told.named().direction()).isEqualTo("i");
        assertThat(told.named().phone1()).isEqualTo("16475550101");
    }

    @Test
    void theFilesEndTellsTheZoneOfItsNamesTime() {
        StartTime auto = new StartTime(ZoneRule.parse("auto", "UTC"));
        LocalDateTime written = LocalDateTime.parse("2026-11-21T18:54:48");
        FileVersion ended = version("2026-11-21T23:54:54.2Z");
        FileVersion copied = version("2026-11-22T09:01:00Z");

        assertThat(auto.of(written, null, OptionalDouble.of(6.02), ended)).isEqualTo(micros("2026-11-21T23:54:48Z"));
        assertThat(auto.of(written, null, OptionalDouble.of(6.02), copied)).isEqualTo(micros("2026-11-21T18:54:48Z"));
        assertThat(auto.of(written, null, OptionalDouble.empty(), ended)).isEqualTo(micros("2026-11-21T18:54:48Z"));
        assertThat(new StartTime(ZoneRule.parse("America/Toronto", "UTC"))
                        .of(written, null, OptionalDouble.empty(), copied))
                .isEqualTo(micros("2026-11-21T23:54:48Z"));
    }

    @Test
    void theUniqueidInANameTellsTheZoneThoughTheFileWasConvertedAtNight() {
        StartTime auto = new StartTime(ZoneRule.parse("auto", "UTC"));
        LocalDateTime written = LocalDateTime.parse("2026-11-21T18:54:48");
        FileVersion converted = version("2026-11-22T09:01:00Z");
        FileVersion convertedAsIfInAnotherZone = version("2026-11-22T08:10:00Z");

        for (FileVersion file : List.of(converted, convertedAsIfInAnotherZone)) {
            assertThat(auto.of(written, "1795305288.0", OptionalDouble.of(6.02), file))
                    .isEqualTo(micros("2026-11-21T23:54:48Z"));
        }
        assertThat(auto.of(written, "pbx1-1795305280.7", OptionalDouble.empty(), converted))
                .isEqualTo(micros("2026-11-21T23:54:48Z"));
        assertThat(auto.of(written, "assigned-by-a-client", OptionalDouble.empty(), converted))
                .isEqualTo(micros("2026-11-21T18:54:48Z"));
    }

    @Test
    void aZoneOfQuarterHoursIsTakenFromTheUniqueidToo() {
        StartTime auto = new StartTime(ZoneRule.parse("auto", "UTC"));
        FileVersion ended = version("2026-11-21T23:54:54.2Z");

        assertThat(auto.of(LocalDateTime.parse("2026-11-22T05:39:48"), "1795305288.0", OptionalDouble.of(6.02), ended))
                .isEqualTo(micros("2026-11-21T23:54:48Z"));
    }

    @Test
    void aRecordingThatBeganLongAfterItsChannelIsToldByItsEnd() {
        StartTime auto = new StartTime(ZoneRule.parse("auto", "UTC"));
        FileVersion ended = version("2026-11-21T23:54:54.2Z");

        assertThat(auto.of(
                        LocalDateTime.parse("2026-11-21T18:54:48"),
                        Instant.parse("2026-11-21T23:14:00Z").getEpochSecond() + ".5",
                        OptionalDouble.of(6.02),
                        ended))
                .isEqualTo(micros("2026-11-21T23:54:48Z"));
    }

    private static FileVersion version(String modified) {
        return new FileVersion(96_364, micros(modified));
    }

    private static long micros(String instant) {
        return Instant.parse(instant).toEpochMilli() * 1000;
    }
}
