package com.sipstack.asterisk.source.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sipstack.asterisk.model.RecordingReceipt;
import com.sipstack.asterisk.model.RecordingReceipt.Outcome;
import com.sipstack.asterisk.source.recording.LedgerEntry.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private static final String ORIGIN = "/m/in 1\n.wav";
    private static final FileVersion FILE = new FileVersion(5000, 1_795_305_400_000_000L);

    @TempDir
    private Path folder;

    @Test
    void whatWasLearntOutlivesTheWorker() throws IOException {
        try (Ledger ledger = Ledger.open(folder, "east")) {
            assertThat(ledger.isNew()).isTrue();
            assertThat(ledger.lastLook()).isEmpty();
            ledger.looked(6);
            ledger.announced(ORIGIN, FILE, 7);
            ledger.received(receipt(ORIGIN, FILE.modified(), Outcome.ACCEPTED), 42);
        }
        try (Ledger ledger = Ledger.open(folder, "east")) {
            assertThat(ledger.find(ORIGIN)).hasValue(new LedgerEntry(State.ACCEPTED, 5000, FILE.modified(), 1, "ab12"));
            assertThat(ledger.due(null, 10)).containsExactly(ORIGIN);
            assertThat(ledger.nextReceipt()).isEqualTo(42);
            assertThat(ledger.lastLook()).hasValue(6);
        }
    }

    @Test
    void aReceiptThatIsFasterThanKafkasAcknowledgementCounts() throws IOException {
        try (Ledger ledger = Ledger.open(folder, "east")) {
            ledger.received(receipt(ORIGIN, FILE.modified(), Outcome.ACCEPTED), 1);
            assertThat(ledger.find(ORIGIN).orElseThrow().size()).isNegative();

            ledger.announced(ORIGIN, FILE, 7);

            assertThat(ledger.find(ORIGIN)).hasValue(new LedgerEntry(State.ACCEPTED, 5000, FILE.modified(), 7, "ab12"));
        }
    }

    @Test
    void whatIsReplayedFromTheDeadLettersIsAcceptedAfterAll() throws IOException {
        try (Ledger ledger = Ledger.open(folder, "east")) {
            ledger.announced(ORIGIN, FILE, 7);
            ledger.received(receipt(ORIGIN, FILE.modified(), Outcome.GIVEN_UP), 1);
            assertThat(ledger.find(ORIGIN).orElseThrow().state()).isEqualTo(State.GIVEN_UP);
            ledger.received(receipt(ORIGIN, FILE.modified(), Outcome.ACCEPTED), 2);
            ledger.received(receipt(ORIGIN, FILE.modified(), Outcome.GIVEN_UP), 3);

            assertThat(ledger.find(ORIGIN).orElseThrow().state()).isEqualTo(State.ACCEPTED);
        }
    }

    @Test
    void anEarlierFilesReceiptSaysNothingAboutAnotherOfTheSameName() throws IOException {
        try (Ledger ledger = Ledger.open(folder, "east")) {
            ledger.announced(ORIGIN, FILE, 7);
            ledger.received(receipt(ORIGIN, FILE.modified() - 1, Outcome.ACCEPTED), 1);

            assertThat(ledger.find(ORIGIN).orElseThrow().state()).isEqualTo(State.ANNOUNCED);
            assertThat(ledger.due(null, 10)).isEmpty();
        }
    }

    @Test
    void filesAreForgottenSomeAtATime() throws IOException {
        try (Ledger ledger = Ledger.open(folder, "east")) {
            for (int i = 0; i < 10; i++) {
                ledger.announced("/m/" + i, FILE, 7);
            }
            String stopped = ledger.forget(null, 4, (origin, entry) -> !origin.equals("/m/2"));
            assertThat(ledger.size()).isEqualTo(7);
            while (stopped != null) {
                stopped = ledger.forget(stopped, 4, (origin, entry) -> !origin.equals("/m/2"));
            }

            assertThat(ledger.size()).isEqualTo(1);
        }
    }

    @Test
    void aDamagedLedgerIsPutAsideAndOneInUseIsNot() throws IOException {
        Files.write(folder.resolve("east.recordings"), new byte[20_000]);
        try (Ledger ledger = Ledger.open(folder, "east")) {
            assertThat(ledger.isNew()).isTrue();
            assertThat(folder.resolve("east.recordings.damaged")).exists();
            assertThatThrownBy(() -> Ledger.open(folder, "east"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot be opened");
        }
    }

    private static RecordingReceipt receipt(String origin, long position, Outcome outcome) {
        return new RecordingReceipt("east", origin, position, "a.wav", null, outcome, 200, "ab12", 1000);
    }
}
