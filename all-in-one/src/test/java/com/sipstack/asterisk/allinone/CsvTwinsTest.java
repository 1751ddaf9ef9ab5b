package com.sipstack.asterisk.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.assembler.files.FileCalls;
import com.sipstack.asterisk.assembler.interpret.CallInterpreter;
import com.sipstack.asterisk.assembler.interpret.Ending;
import com.sipstack.asterisk.assembler.interpret.PbxProfile;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.demopbx.CsvCorpus;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.document.CallDocument;
import com.sipstack.asterisk.source.csv.CsvSourceTask;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same real calls as a PBX wrote them into files and into tables. */
class CsvTwinsTest {
    private static final String PBX = "pbx-east";

    @TempDir
    private Path folder;

    @Test
    void documentsOfFilesAreThoseOfTables() throws Exception {
        List<Row> tables = new ArrayList<>();
        Corpus.PBX_20
                .rows("cel")
                .forEach(row -> tables.add(Cel.MAPPING.fromColumns(asRead(row, "cel", "eventtime", "event_time"))));
        Corpus.PBX_20
                .rows("cdr")
                .forEach(row -> tables.add(Cdr.MAPPING.fromColumns(asRead(row, "cdr", "calldate", "start_time"))));
        List<Row> files = new ArrayList<>(rowsOfFiles(tables.size() + 1));
        Set<String> known = new HashSet<>();
        tables.forEach(row -> known.add(leg(row)));
        files.removeIf(row -> !known.contains(leg(row))); // the leg that the table refused for its broken character

        assertThat(files).hasSameSizeAs(tables);
        assertThat(documents(files)).isNotEmpty().isEqualTo(documents(tables));
    }

    private List<Row> rowsOfFiles(int count) throws Exception {
        Path cel = Files.write(folder.resolve("cel.csv"), CsvCorpus.CEL_CUSTOM.bytes());
        Path cdr = Files.write(folder.resolve("cdr.csv"), CsvCorpus.CDR_CSV.bytes());
        CsvSourceTask task = new CsvSourceTask();
        task.initialize(withoutOffsets());
        task.start(Map.of(
                "pbxs", PBX, "cel.paths", cel.toString(), "cdr.paths", cdr.toString(), "start.from", "earliest"));
        List<Row> rows = new ArrayList<>();
        Awaitility.await().pollInSameThread().atMost(Duration.ofSeconds(60)).until(() -> {
            List<SourceRecord> polled = task.poll();
            for (SourceRecord record : polled == null ? List.<SourceRecord>of() : polled) {
                boolean isCel = record.topic().equals("asterisk.cel");
                rows.add(isCel ? Cel.MAPPING.fromConnect(record.value()) : Cdr.MAPPING.fromConnect(record.value()));
            }
            return rows.size() >= count;
        });
        task.stop();
        return rows;
    }

    private static SourceTaskContext withoutOffsets() {
        OffsetStorageReader none = proxy(OffsetStorageReader.class, null);
        return proxy(SourceTaskContext.class, none);
    }

    private static <T> T proxy(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> answer));
    }

    private static Map<String, CallDocument> documents(List<Row> rows) {
        CallInterpreter interpreter = new CallInterpreter(PbxProfile.of(PBX, "US"));
        Map<String, CallDocument> documents = new LinkedHashMap<>();
        FileCalls.of(rows)
                .forEach(call -> documents.put(call.key().linkedid(), interpreter.interpret(call, Ending.HANGUP)));
        return documents;
    }

    private static String leg(Row row) {
        return row instanceof Cdr cdr ? cdr.uniqueid() + "/" + cdr.sequence() : "event";
    }

    private static Map<String, Object> asRead(
            Map<String, Object> columns, String table, String localTime, String utcTime) {
        Map<String, Object> read = new LinkedHashMap<>(columns);
        read.remove("inserted_at");
        read.put("position", read.remove("id"));
        read.put("pbx", PBX);
        read.put("source", "database");
        read.put("origin", table + "#0");
        LocalDateTime local = LocalDateTime.parse(((String) columns.get(localTime)).replace(' ', 'T'));
        Instant instant = local.atZone(Corpus.ZONE).toInstant();
        read.put(utcTime, ChronoUnit.MICROS.between(Instant.EPOCH, instant));
        return read;
    }
}
