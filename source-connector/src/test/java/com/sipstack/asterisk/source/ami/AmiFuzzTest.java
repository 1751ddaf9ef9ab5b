package com.sipstack.asterisk.source.ami;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.demopbx.Mutations;
import com.sipstack.asterisk.model.Topics;
import com.sipstack.asterisk.source.ami.EventLines.Complete;
import com.sipstack.asterisk.source.ami.EventLines.Taken;
import com.sipstack.asterisk.source.database.ZoneRule;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a PBX says, each event that is wanted becomes a row or a dead letter, and none is made of what was said in another. */
class AmiFuzzTest {
    private static final int SEED_BYTES = 4_000;
    private static final int SEEDS = 20;
    private static final int MUTATIONS = 500;
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    static Stream<byte[]> corpus() {
        byte[] events = Corpus.PBX_20.managerEvents();
        int apart = (events.length - SEED_BYTES) / SEEDS;
        return IntStream.range(0, SEEDS).mapToObj(i -> Arrays.copyOfRange(events, i * apart, i * apart + SEED_BYTES));
    }

    @Tag("long")
    @MethodSource("corpus")
    @FuzzTest(maxDuration = "2m") // the last annotation, or Jazzer refuses it
    void everyEventIsARowOrALetter(byte[] said) {
        String text = new String(said, StandardCharsets.UTF_8);
        EventLines lines = new EventLines();
        AmiRecords records = new AmiRecords(pbx(), Clock.fixed(NOW, ZoneOffset.UTC));
        int events = 0;
        for (String line : text.split("\r\n", -1)) {
            Taken taken = lines.take(line);
            if (taken instanceof Complete complete) {
                events++;
                Optional<SourceRecord> record = records.row(complete.event(), NOW);
                boolean isWanted = Set.of("Cdr", "CEL", "Hold", "Unhold")
                        .contains(complete.event().name());
                assertThat(record.isPresent()).isEqualTo(isWanted);
            }
        }
        assertThat(events).isLessThanOrEqualTo(text.split("Event:", -1).length - 1);
    }

    @Test
    void everyEventOfSpoiltTalkIsARowOrALetter() {
        Stream.concat(corpus(), Mutations.of(corpus().toList(), MUTATIONS)).forEach(this::everyEventIsARowOrALetter);
    }

    private static AmiPbx pbx() {
        AmiLogin login = new AmiLogin(
                "pbx", 5038, "user", new Password("secret"), true, Optional.empty(), Duration.ZERO, Duration.ZERO);
        return new AmiPbx(
                "pbx",
                login,
                Set.of("cdr", "cel", "hold"),
                Duration.ZERO,
                Duration.ZERO,
                ZoneRule.parse("auto", "UTC"),
                new Topics("asterisk"));
    }
}
