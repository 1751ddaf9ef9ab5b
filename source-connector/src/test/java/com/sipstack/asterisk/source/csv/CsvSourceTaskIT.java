package com.sipstack.asterisk.source.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.demopbx.CsvCorpus;
import com.sipstack.asterisk.model.DeadLetter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The task on real files in a real file system. */
class CsvSourceTaskIT {
    private static final String CEL = "asterisk.cel";
    private static final String CDR = "asterisk.cdr";
    private static final String DLQ = "asterisk.dlq";
    private static final String GAPS = "asterisk.gaps";

    @TempDir
    private Path folder;

    private final Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
    private CelCsvFile master;

    @BeforeEach
    void nameTheFile() {
        master = new CelCsvFile(folder.resolve("Master.csv"));
    }

    @Test
    void rowsSayWhatTheTableOfTheSameCallsSays() throws IOException {
        Files.write(master.path(), CsvCorpus.CEL_CUSTOM.bytes());
        List<Map<String, Object>> table = Corpus.PBX_20.rows("cel");

        try (RunningCsvTask task = start("earliest")) {
            List<SourceRecord> rows = task.await(CEL, table.size());

            assertThat(rows).hasSameSizeAs(table);
            for (int i = 0; i < table.size(); i++) {
                assertSame(table.get(i), (Struct) rows.get(i).value());
            }
            assertThat(rows).extracting(SourceRecord::key).containsOnly("east");
            assertThat(((Struct) rows.get(0).value()).get("event_time")).isEqualTo(1795305288996147L);
            assertThat(((Struct) rows.get(0).value()).getString("source")).isEqualTo("csv");
        }
    }

    @Test
    void aPbxWhosePlaceCannotBeReadKeepsNoOtherFromBeingRead() throws IOException {
        CelCsvFile other = new CelCsvFile(folder.resolve("west.csv"));
        other.append(0, 10);
        master.append(0, 10);
        Map<String, String> settings = master.settings("earliest");
        settings.put("pbxs", "west,east");
        settings.put("pbxs.west.cel.paths", other.path().toString());
        offsets.put(new CsvSourcePartition("west", other.path().toString()).toMap(), Map.of("version", 99L));
        try (RunningCsvTask task = RunningCsvTask.start(settings, offsets)) {
            CelCsvFile.assertRows(task.await(CEL, 10), 0, 10);
            master.append(10, 20);
            CelCsvFile.assertRows(task.await(CEL, 20), 0, 20);
            assertThat(task.of(CEL)).extracting(SourceRecord::key).containsOnly("east");
        }
    }

    @Test
    void legsSayWhatTheTableSaysEvenThoseThatTheTableRefused() throws IOException {
        Files.write(master.path(), CsvCorpus.CDR_CSV.bytes());
        Map<String, Map<String, Object>> table = new HashMap<>();
        Corpus.PBX_20.rows("cdr").forEach(row -> table.put(row.get("uniqueid") + "/" + row.get("sequence"), row));

        try (RunningCsvTask task = startCdr()) {
            List<SourceRecord> rows = task.await(CDR, table.size() + 1);

            List<Struct> refused = new ArrayList<>();
            for (SourceRecord record : rows) {
                Struct row = (Struct) record.value();
                Map<String, Object> same = table.remove(row.get("uniqueid") + "/" + row.get("sequence"));
                if (same == null) {
                    refused.add(row);
                } else {
                    same.remove("amaflags"); // a word in the file
                    assertSame(same, row);
                }
            }
            assertThat(table).isEmpty();
            assertThat(refused)
                    .singleElement()
                    .satisfies(row -> assertThat(row.getString("clid")).contains("�"));
            assertThat(task.of(DLQ)).isEmpty();
        }
    }

    @Test
    void durationsWithFractionsAsInAsterisksSampleOfCdrCustomAreWholeSeconds() throws IOException {
        Files.writeString(master.path(), """
                "Ann <101>","101","102","internal","PJSIP/101-1","PJSIP/102-2","Dial","PJSIP/102","2026-11-21 18:54:48",\
                "2026-11-21 18:54:50","2026-11-21 18:55:00","12.345678","10.912345","ANSWERED","DOCUMENTATION","",\
                "1795305288.0","",7
                """);

        try (RunningCsvTask task = startCdr()) {
            Struct row = (Struct) task.await(CDR, 1).get(0).value();

            assertThat(row.getInt32("duration")).isEqualTo(12);
            assertThat(row.getInt32("billsec")).isEqualTo(10);
            assertThat(row.getInt32("sequence")).isEqualTo(7);
        }
    }

    @Test
    void theEndlessRecordOfAnIncompleteMappingIsReadAsItsRows() throws IOException {
        Files.write(master.path(), CsvCorpus.CEL_CUSTOM_ENDLESS.bytes());
        List<CelCsvFile.Entry> right = CelCsvFile.entries(CsvCorpus.CEL_CUSTOM_BEFORE_20_19);

        try (RunningCsvTask task = start("earliest")) {
            List<SourceRecord> rows = task.await(CEL, right.size());

            assertThat(rows)
                    .extracting(record -> ((Struct) record.value()).getString("eventtype")
                            + ((Struct) record.value()).getString("eventtime")
                            + ((Struct) record.value()).getString("channame"))
                    .isEqualTo(right.stream()
                            .map(entry -> entry.text("eventtype") + entry.text("eventtime") + entry.text("channame"))
                            .toList());
        }
    }

    @Test
    void whatWasThereIsLeftAloneAndWhatComesIsReadAlsoByALaterTask() throws IOException {
        master.append(0, 10);
        try (RunningCsvTask task = start("latest")) {
            task.await(GAPS, 1);
        }
        master.append(10, 20);
        try (RunningCsvTask task = start("latest")) {
            CelCsvFile.assertRows(task.await(CEL, 10), 10, 20);
            master.append(20, 30);
            CelCsvFile.assertRows(task.await(CEL, 20), 10, 30);
        }
    }

    @Test
    void aFileThatIsNotThereYetIsReadFromItsBeginning() throws IOException {
        try (RunningCsvTask task = start("latest")) {
            task.await(GAPS, 1);
            master.append(0, 10);
            CelCsvFile.assertRows(task.await(CEL, 10), 0, 10);
        }
    }

    @Test
    void anInstantIsTheFirstRowNotBeforeIt() throws IOException {
        master.append(0, 60);

        try (RunningCsvTask task = start("2026-11-21T23:54:50.559566Z")) {
            CelCsvFile.assertRows(task.await(CEL, 54), 6, 60);
            assertThat(task.of(GAPS)).hasSize(1);
        }
    }

    @Test
    void aHalfWrittenRowIsTakenOnceItIsWhole() throws IOException {
        byte[] row = CelCsvFile.row(3);
        master.append(0, 3);
        try (RunningCsvTask task = start("earliest")) {
            task.await(CEL, 3);
            master.append(row, 0, 40);
            task.awaitLook();
            assertThat(task.of(CEL)).hasSize(3);
            master.append(row, 40, row.length);
            CelCsvFile.assertRows(task.await(CEL, 4), 0, 4);
        }
    }

    @Test
    void whatCannotBeReadGoesToTheErrorPathWithItsPlaceAndBytes() throws IOException {
        master.append(0, 2);
        byte[] bad = "\"HANGUP\",\"caf\u00e9\n\"\n".getBytes(ISO_8859_1);
        long position = Files.size(master.path());
        master.append(bad, 0, bad.length);
        master.append(2, 4);

        try (RunningCsvTask task = start("earliest")) {
            CelCsvFile.assertRows(task.await(CEL, 4), 0, 4);

            SourceRecord letter = task.await(DLQ, 1).get(0);
            Map<String, byte[]> headers = new HashMap<>();
            letter.headers()
                    .forEach(header ->
                            headers.put(header.key(), header.value().toString().getBytes(UTF_8)));
            DeadLetter read = DeadLetter.fromHeaders(headers);
            assertThat((byte[]) letter.value()).isEqualTo(bad);
            assertThat(read.position()).isEqualTo(position);
            assertThat(read.origin()).startsWith(master.path() + "#");
            assertThat(read.reason()).contains("2 fields");
        }
    }

    @Test
    void aPatternFindsFilesThatAppearAndLeavesTheirRotatedOnesAlone() throws IOException {
        Map<String, String> settings = master.settings("latest");
        settings.put("cel.paths", folder + "/*/Master.csv*");
        Files.createDirectory(folder.resolve("a"));
        CelCsvFile.append(folder.resolve("a/Master.csv"), 0, 10);
        try (RunningCsvTask task = RunningCsvTask.start(settings, offsets)) {
            task.await(GAPS, 2);
        }
        Files.move(folder.resolve("a/Master.csv"), folder.resolve("a/Master.csv.1"));
        CelCsvFile.append(folder.resolve("a/Master.csv"), 10, 20);
        Files.createDirectory(folder.resolve("b"));
        CelCsvFile.append(folder.resolve("b/Master.csv"), 20, 30);
        try (RunningCsvTask task = RunningCsvTask.start(settings, offsets)) {
            task.await(CEL, 20);
            task.awaitLook();
            assertThat(CelCsvFile.texts(task.of(CEL))).containsExactlyInAnyOrderElementsOf(CelCsvFile.expected(10, 30));
        }
    }

    @Test
    void filesOfAccountsAreLeftAloneWhileTheMasterBesideThemIsAwayForAMoment() throws IOException {
        Map<String, String> settings = master.settings("earliest");
        settings.put("cel.paths", folder + "/*.csv");
        CelCsvFile.append(folder.resolve("acme.csv"), 0, 10);
        master.append(0, 10);
        try (RunningCsvTask task = RunningCsvTask.start(settings, offsets)) {
            task.await(CEL, 10);
            Files.move(master.path(), folder.resolve("Master.csv.1"));
            task.awaitLook();
            master.append(10, 20);
            task.await(CEL, 20);
            task.awaitLook();
            CelCsvFile.assertRows(task.of(CEL), 0, 20);
        }
    }

    @Test
    void filesOfAccountsAreLeftAloneByATaskThatStartsWhileTheMasterIsAway() throws IOException {
        Map<String, String> settings = master.settings("earliest");
        settings.put("cel.paths", folder + "/*.csv");
        CelCsvFile.append(folder.resolve("acme.csv"), 0, 10);
        master.append(0, 10);
        try (RunningCsvTask task = RunningCsvTask.start(settings, offsets)) {
            task.await(CEL, 10);
        }
        Files.move(master.path(), folder.resolve("Master.csv.1"));
        try (RunningCsvTask task = RunningCsvTask.start(settings, offsets)) {
            task.awaitLook();
            master.append(10, 20);
            task.await(CEL, 10);
            task.awaitLook();
            CelCsvFile.assertRows(task.of(CEL), 10, 20);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Master.csv", "cel.csv"})
    void rotatedFilesAreNotReadAgainWhileTheirNameIsNobodysForAMoment(String name) throws IOException {
        CelCsvFile file = new CelCsvFile(folder.resolve(name));
        Map<String, String> settings = file.settings("earliest");
        settings.put("cel.paths", folder + "/" + name + "*");
        file.append(0, 10);
        file.compress(folder.resolve(name + ".2.gz"));
        file.append(10, 20);
        Files.move(file.path(), folder.resolve(name + ".1"));
        file.append(20, 30);
        try (RunningCsvTask task = RunningCsvTask.start(settings, offsets)) {
            task.await(CEL, 30);
            Files.move(folder.resolve(name + ".2.gz"), folder.resolve(name + ".3.gz"));
            Files.move(folder.resolve(name + ".1"), folder.resolve(name + ".2"));
            Files.move(file.path(), folder.resolve(name + ".1"));
            task.awaitLook();
            file.append(30, 40);
            task.await(CEL, 40);
            task.awaitLook();
            CelCsvFile.assertRows(task.of(CEL), 0, 40);
        }
    }

    private RunningCsvTask start(String startFrom) {
        return RunningCsvTask.start(master.settings(startFrom), offsets);
    }

    private RunningCsvTask startCdr() {
        Map<String, String> settings = master.settings("earliest");
        settings.put("cdr.paths", settings.remove("cel.paths"));
        return RunningCsvTask.start(settings, offsets);
    }

    private static void assertSame(Map<String, Object> expected, Struct row) {
        expected.forEach((column, value) -> {
            if (row.schema().field(column) != null) {
                assertThat(String.valueOf(row.get(column))).as(column).isEqualTo(String.valueOf(value));
            }
        });
    }
}
