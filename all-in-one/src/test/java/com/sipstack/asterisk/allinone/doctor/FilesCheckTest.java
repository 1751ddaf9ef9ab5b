package com.sipstack.asterisk.allinone.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sipstack.asterisk.allinone.EnvTargets.Recordings;
import com.sipstack.asterisk.allinone.EnvTargets.RowFile;
import com.sipstack.asterisk.demopbx.CsvCorpus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at files that real Asterisks wrote, and at folders. */
class FilesCheckTest {
    /** Soon after the calls of the corpus. */
    private static final Clock THEN = Clock.fixed(Instant.parse("2026-11-22T00:30:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    @Test
    void fileOfTheRightMappingIsInOrder() throws Exception {
        Found found = events(CsvCorpus.CEL_CUSTOM, Optional.empty());

        found.has(Severity.OK, "has 19 columns");
        found.has(Severity.OK, "written in UTC-05:00");
        found.hasNothingWorseThan(Severity.OK);
    }

    @Test
    void fileOfAsterisksSampleIsInOrderToo() throws Exception {
        events(CsvCorpus.CEL_CUSTOM_SAMPLE, Optional.of("America/Toronto"))
                .hasNothingWorseThan(Severity.OK)
                .has(Severity.OK, "has 20 columns");
    }

    @Test
    void endlessMappingIsToldWithTheRightOne() throws Exception {
        Finding endless =
                events(CsvCorpus.CEL_CUSTOM_ENDLESS, Optional.empty()).has(Severity.ERROR, "lacks its last )}");

        assertThat(endless.remedy()).contains("${CSV_QUOTE(${eventextra})}");
    }

    @Test
    void mappingsThatAskTheChannelForExtraAreTold() throws Exception {
        events(CsvCorpus.CEL_CUSTOM_BROKEN, Optional.empty()).has(Severity.ERROR, "rows without extra");
        events(CsvCorpus.CEL_CUSTOM_LITERAL_EXTRA, Optional.empty()).has(Severity.ERROR, "rows without extra");
    }

    @Test
    void wrongTimeZoneIsSeenByTheUniqueids() throws Exception {
        events(CsvCorpus.CEL_CUSTOM, Optional.of("Europe/Berlin"))
                .has(Severity.ERROR, "written in UTC-05:00, but TIMEZONE=Europe/Berlin is UTC+01:00");
    }

    @Test
    void zoneThatDoesNotExistIsTold() throws Exception {
        events(CsvCorpus.CEL_CUSTOM, Optional.of("America/Torontoo"))
                .has(Severity.ERROR, "'America/Torontoo' is no time zone");
    }

    @Test
    void fileThatMayNotBeReadIsTold() throws Exception {
        write(CsvCorpus.CEL_CUSTOM.bytes());
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("-w-------"));
        assumeFalse(Files.isReadable(file()), "root reads whatever permissions say");

        look(true, Optional.empty()).has(Severity.ERROR, "may not be read");
    }

    @Test
    void columnsThatNobodyKnowsAreCounted() throws Exception {
        write("\"CHAN_START\",\"2026-11-21 18:45:37\",\"Jane\"\n".getBytes(StandardCharsets.UTF_8));

        look(true, Optional.empty()).has(Severity.ERROR, "rows of 3 columns");
    }

    @Test
    void applicationsThatNoEventNamesAreMissed() throws Exception {
        String text = new String(CsvCorpus.CEL_CUSTOM.bytes(), StandardCharsets.UTF_8);
        write(text.replaceAll("(?m)^\"APP_(START|END)\"", "\"STREAM_$1\"").getBytes(StandardCharsets.UTF_8));

        Finding missing = look(true, Optional.empty()).has(Severity.WARNING, "have no APP_START");

        assertThat(missing.area()).isEqualTo(Area.CEL);
    }

    @Test
    void cdrsInFilesNeedLinkedids() throws Exception {
        write(CsvCorpus.CDR_CUSTOM.bytes());
        look(false, Optional.empty()).has(Severity.WARNING, "no linkedid");

        write(CsvCorpus.CDR_CSV.bytes());
        look(false, Optional.empty()).hasNothingWorseThan(Severity.OK);
    }

    @Test
    void fileThatIsNotThereOrNoLongerWrittenIsTold() throws Exception {
        look(true, Optional.empty()).has(Severity.ERROR, "does not exist");

        write(CsvCorpus.CEL_CUSTOM.bytes());
        Files.setLastModifiedTime(file(), FileTime.from(THEN.instant().minus(Duration.ofDays(3))));
        look(true, Optional.empty()).has(Severity.WARNING, "last written 3 days ago");

        write(new byte[0]);
        look(true, Optional.empty()).has(Severity.WARNING, "has no rows");
    }

    @Test
    void folderOfRecordingsThatCanBeReadIsInOrder() throws Exception {
        Found found = recordings(folder, Optional.empty(), false);

        found.hasNothingWorseThan(Severity.OK).has(Severity.OK, "can be read; it belongs to ");
    }

    @Test
    void containersUserIsHeldAgainstTheFoldersRights() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
        FileOwner owner = FileOwner.of(folder);

        assertThat(recordings(folder, Optional.of(owner.userId() + 1), false)
                        .has(Severity.ERROR, "may not be read by PUID " + (owner.userId() + 1))
                        .remedy())
                .contains("group " + owner.group(), "rwxr-x---", "PGID=" + owner.groupId());
        recordings(folder, Optional.of(owner.userId()), false).hasNothingWorseThan(Severity.OK);
    }

    @Test
    void folderThatIsToBeEmptiedHasToBeWritable() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        int stranger = FileOwner.of(folder).userId() + 1;

        recordings(folder, Optional.of(stranger), false).hasNothingWorseThan(Severity.OK);
        recordings(folder, Optional.of(stranger), true).has(Severity.ERROR, "may not be written");
    }

    @Test
    void folderThatIsNoneIsTold() throws Exception {
        recordings(folder.resolve("monitor"), Optional.empty(), false).has(Severity.ERROR, "does not exist");

        Path file = Files.createFile(folder.resolve("file"));
        recordings(file, Optional.empty(), false).has(Severity.ERROR, "is no folder");
    }

    @Test
    void diskThatFillsUpIsTold() throws Exception {
        Recordings target = new Recordings(List.of(folder), Optional.empty(), Optional.empty(), false);

        Found.by(new RecordingsCheck(target, Long.MAX_VALUE)).has(Severity.WARNING, "MiB free");
    }

    private static Found recordings(Path path, Optional<Integer> user, boolean isEmptied) throws Exception {
        // A group that nothing belongs to here
        Optional<Integer> group = user.map(number -> 54_321);
        return Found.by(new RecordingsCheck(new Recordings(List.of(path), user, group, isEmptied), 0));
    }

    private Found events(CsvCorpus file, Optional<String> timezone) throws Exception {
        write(file.bytes());
        return look(true, timezone);
    }

    private Found look(boolean holdsEvents, Optional<String> timezone) throws Exception {
        return Found.by(new CsvCheck(List.of(new RowFile(file(), holdsEvents)), timezone, THEN));
    }

    private void write(byte[] content) throws IOException {
        Files.write(file(), content);
        Files.setLastModifiedTime(file(), FileTime.from(THEN.instant()));
    }

    private Path file() {
        return folder.resolve("Master.csv");
    }
}
