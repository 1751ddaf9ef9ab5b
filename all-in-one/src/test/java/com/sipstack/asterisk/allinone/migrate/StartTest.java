package com.sipstack.asterisk.allinone.migrate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** From when on rows are read, by what the database connector left behind and by what somebody says. */
class StartTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant STOP = Instant.parse("2026-11-22T06:30:00Z");

    @TempDir
    Path volume;

    @Test
    void rowsAreReadFromTheLastWriteOnLessTheLongestCall() throws Exception {
        Path tracker = database("tracker.db", STOP);

        Start start = start("--tracker-db=" + tracker);

        assertThat(start.from()).isEqualTo("2026-11-22T04:30:00Z");
        assertThat(start.why()).contains(tracker + " was last written at 2026-11-22T06:30:00Z, less 2h", "cp -p");
        assertThat(start("--tracker-db=" + tracker, "--longest-call=PT4H").from())
                .isEqualTo("2026-11-22T02:30:00Z");
    }

    @Test
    void theContainersVolumeWillDo() throws Exception {
        database("tracker.db", STOP);

        assertThat(start("--tracker-db=" + volume).from()).isEqualTo("2026-11-22T04:30:00Z");
    }

    @Test
    void whatWasWrittenToTheLogBesideItCountsAndALogThatAReaderMadeDoesNot() throws Exception {
        Path tracker = database("tracker.db", STOP.minusSeconds(86_400));
        Path log = Files.writeString(volume.resolve("tracker.db-wal"), "frames");
        Files.setLastModifiedTime(log, FileTime.from(STOP));
        assertThat(TrackerDatabase.at(tracker).lastWrite()).isEqualTo(STOP);

        Files.writeString(log, "");
        assertThat(TrackerDatabase.at(tracker).lastWrite()).isEqualTo(STOP.minusSeconds(86_400));
    }

    @Test
    void anOldConnectorThatWroteAMomentAgoSeemsStillToRun() throws Exception {
        Path tracker = database("tracker.db", NOW.minusSeconds(20));

        assertThat(start("--tracker-db=" + tracker).why()).contains("seems still to run");
    }

    @Test
    void aClockThatIsAheadMovesNothingIntoTheFuture() throws Exception {
        Path tracker = database("tracker.db", NOW.plusSeconds(30 * 86_400));

        assertThat(start("--tracker-db=" + tracker).from()).isEqualTo("2026-11-22T10:00:00Z");
    }

    @Test
    void whatSomebodySaysGoesFirst() throws Exception {
        Path tracker = database("tracker.db", STOP);

        Start start = start("--start-from=2026-11-01T00:00:00Z", "--tracker-db=" + tracker);

        assertThat(start.from()).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(start.why()).contains("--start-from").doesNotContain("tracker.db");
    }

    @Test
    void withoutAnythingASwitchOverIsAboutToBegin() throws Exception {
        Start start = start();

        assertThat(start.from()).isEqualTo("2026-11-22T10:00:00Z");
        assertThat(start.why()).contains("--tracker-db", "--start-from");
    }

    @Test
    void whatIsNoSqliteDatabaseIsRefused() throws Exception {
        Path other = Files.writeString(volume.resolve("tracker.json"), "{\"last_calldate\": \"2026-11-22 06:30:00\"}");
        Path empty = Files.createFile(volume.resolve("tracker.db"));

        for (Path file : new Path[] {other, empty}) {
            assertThatThrownBy(() -> start("--tracker-db=" + file))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file + " is no SQLite database")
                    .hasMessageContaining("--start-from");
        }
        assertThatThrownBy(() -> start("--tracker-db=" + volume.resolve("nowhere")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void theAmiConnectorKeptNoneAndNoCallIsShorterThanNothing() throws Exception {
        Path tracker = database("tracker.db", STOP);

        assertThatThrownBy(() -> options("--tracker-db=" + tracker).start(Incumbent.AMI, NOW))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("the AMI connector's .env");
        assertThatThrownBy(() -> start("--longest-call=PT-1H"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--longest-call");
    }

    private Path database(String name, Instant lastWrite) throws IOException {
        return database(volume.resolve(name), lastWrite);
    }

    /** The first page of an SQLite database: header, page size 4096, the versions for a write-ahead log. */
    static Path database(Path file, Instant lastWrite) throws IOException {
        byte[] page = new byte[4096];
        byte[] header = "SQLite format 3\0\u0010\0\u0002\u0002\0@  ".getBytes(US_ASCII);
        System.arraycopy(header, 0, page, 0, header.length);
        Files.write(file, page);
        return Files.setLastModifiedTime(file, FileTime.from(lastWrite));
    }

    private static Start start(String... arguments) throws IOException {
        return options(arguments).start(Incumbent.DATABASE, NOW);
    }

    private static StartOptions options(String... arguments) {
        Program program = new Program();
        new CommandLine(program).parseArgs(arguments);
        return program.start;
    }

    /** Whatever has these options. */
    @Command
    private static final class Program {
        @Mixin
        private StartOptions start;
    }
}
