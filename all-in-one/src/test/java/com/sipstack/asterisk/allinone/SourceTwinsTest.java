package com.sipstack.asterisk.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.assembler.files.FileCalls;
import com.sipstack.asterisk.assembler.interpret.CallInterpreter;
import com.sipstack.asterisk.assembler.interpret.Ending;
import com.sipstack.asterisk.assembler.interpret.PbxProfile;
import com.sipstack.asterisk.demopbx.AmiServer;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.demopbx.CsvCorpus;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.document.CallDocument;
import com.sipstack.asterisk.source.ami.AmiSourceTask;
import com.sipstack.asterisk.source.csv.CsvSourceTask;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same real calls as a PBX wrote them into files and into tables, and as it told them by its manager interface. */
class SourceTwinsTest {
    private static final String PBX = "pbx-east";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void documentsOfFilesAreThoseOfTables() throws Exception {
        List<Row> tables = rowsOfTables(UnaryOperator.identity());
        List<Row> files = withoutRefused(rowsOfFiles(tables.size() + 1), tables);

        assertThat(files).hasSameSizeAs(tables);
        assertThat(documents(files)).isNotEmpty().isEqualTo(documents(tables));
    }

    @Test
    void documentsOfEventsAreThoseOfTablesWithWholeSeconds() throws Exception {
        List<Row> tables = rowsOfTables(time -> time.truncatedTo(ChronoUnit.SECONDS));
        List<Row> events = withoutRefused(rowsOfEvents(), tables);
        events.removeIf(SourceTwinsTest::isHold);

        assertThat(events).hasSameSizeAs(tables);
        assertThat(documents(events)).isEqualTo(documents(tables));
    }

    @Test
    void holdsTellWhatTheMusicTellsThatTheTableLogs() throws Exception {
        String call = "1795306159.3235";
        List<Row> events = heardLive(rowsOfEvents());
        events.removeIf(row -> row instanceof Cel cel && cel.eventtype().startsWith("STREAM_"));
        List<Row> silent = new ArrayList<>(events);
        silent.removeIf(SourceTwinsTest::isHold);

        // On hold from 19:09:36 to :51 and, by the other side, from 19:10:14 to :21
        assertThat(documents(events).get(call).timing().holdSeconds()).isEqualTo(22);
        assertThat(documents(rowsOfTables(time -> time.truncatedTo(ChronoUnit.SECONDS)))
                        .get(call)
                        .timing()
                        .holdSeconds())
                .isEqualTo(22);
        assertThat(documents(silent).get(call).timing().holdSeconds()).isNull();
    }

    /** Holds come without a time and are given that of hearing them: here, that of the event which the PBX told next. */
    private static List<Row> heardLive(List<Row> rows) {
        List<Row> live = new ArrayList<>();
        Long next = null;
        for (int i = rows.size() - 1; i >= 0; i--) {
            Row row = rows.get(i);
            if (isHold(row)) {
                Map<String, Object> columns = new LinkedHashMap<>(Cel.MAPPING.toColumns((Cel) row));
                columns.put("event_time", next);
                live.add(Cel.MAPPING.fromColumns(columns));
            } else {
                next = row instanceof Cel ? row.occurredAt() : next;
                live.add(row);
            }
        }
        Collections.reverse(live);
        return live;
    }

    private List<Row> rowsOfFiles(int count) throws Exception {
        Path cel = Files.write(folder.resolve("cel.csv"), CsvCorpus.CEL_CUSTOM.bytes());
        Path cdr = Files.write(folder.resolve("cdr.csv"), CsvCorpus.CDR_CSV.bytes());
        CsvSourceTask task = new CsvSourceTask();
        task.initialize(withoutOffsets());
        task.start(Map.of(
                "pbxs", PBX, "cel.paths", cel.toString(), "cdr.paths", cdr.toString(), "start.from", "earliest"));
        try {
            return await(task, count);
        } finally {
            task.stop();
        }
    }

    private static List<Row> rowsOfEvents() throws Exception {
        byte[] said = Corpus.PBX_20.managerEvents();
        AmiSourceTask task = new AmiSourceTask();
        try (AmiServer pbx = new AmiServer()) {
            task.initialize(withoutOffsets());
            task.start(Map.of(
                    "pbxs",
                    PBX,
                    "ami.host",
                    "127.0.0.1",
                    "ami.port",
                    Integer.toString(pbx.port()),
                    "ami.user",
                    AmiServer.USER,
                    "ami.password",
                    AmiServer.SECRET));
            Awaitility.await().atMost(LIMIT).until(() -> pbx.logins() == 1);
            pbx.say(said);
            long rows = new String(said, StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> line.matches("Event: (CEL|Cdr|Hold|Unhold)"))
                    .count();
            return await(task, (int) rows);
        } finally {
            task.stop();
        }
    }

    private static List<Row> await(SourceTask task, int count) {
        List<Row> rows = new ArrayList<>();
        Awaitility.await().pollInSameThread().atMost(LIMIT).until(() -> {
            List<SourceRecord> polled = task.poll();
            for (SourceRecord record : polled == null ? List.<SourceRecord>of() : polled) {
                if (record.topic().equals("asterisk.cel")) {
                    rows.add(Cel.MAPPING.fromConnect(record.value()));
                } else if (record.topic().equals("asterisk.cdr")) {
                    rows.add(Cdr.MAPPING.fromConnect(record.value()));
                }
            }
            return rows.size() >= count;
        });
        return rows;
    }

    /** As of a worker before Kafka 4.1, which shows no metrics. */
    private static SourceTaskContext withoutOffsets() {
        OffsetStorageReader none = proxy(OffsetStorageReader.class, null);
        return proxy(SourceTaskContext.class, none);
    }

    private static <T> T proxy(Class<T> type, Object answer) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("pluginMetrics")) {
                        throw new NoSuchMethodError("older workers have none");
                    }
                    return answer;
                }));
    }

    private static Map<String, CallDocument> documents(List<Row> rows) {
        CallInterpreter interpreter = new CallInterpreter(PbxProfile.of(PBX, "US"));
        Map<String, CallDocument> documents = new LinkedHashMap<>();
        FileCalls.of(rows)
                .forEach(call -> documents.put(call.key().linkedid(), interpreter.interpret(call, Ending.HANGUP)));
        return documents;
    }

    /** Without the leg that the table refused for its broken character. */
    private static List<Row> withoutRefused(List<Row> rows, List<Row> tables) {
        Set<String> known = new HashSet<>();
        tables.forEach(row -> known.add(leg(row)));
        List<Row> kept = new ArrayList<>(rows);
        kept.removeIf(row -> !known.contains(leg(row)));
        return kept;
    }

    private static boolean isHold(Row row) {
        return row instanceof Cel cel && cel.eventtype().endsWith("HOLD");
    }

    private static String leg(Row row) {
        return row instanceof Cdr cdr ? cdr.uniqueid() + "/" + cdr.sequence() : "event";
    }

    /** @param precision of the times in the table */
    private static List<Row> rowsOfTables(UnaryOperator<LocalDateTime> precision) {
        List<Row> rows = new ArrayList<>();
        Corpus.PBX_20
                .rows("cel")
                .forEach(row ->
                        rows.add(Cel.MAPPING.fromColumns(asRead(row, "cel", "eventtime", "event_time", precision))));
        Corpus.PBX_20
                .rows("cdr")
                .forEach(row ->
                        rows.add(Cdr.MAPPING.fromColumns(asRead(row, "cdr", "calldate", "start_time", precision))));
        return rows;
    }

    private static Map<String, Object> asRead(
            Map<String, Object> columns,
            String table,
            String localTime,
            String utcTime,
            UnaryOperator<LocalDateTime> precision) {
        Map<String, Object> read = new LinkedHashMap<>(columns);
        read.remove("inserted_at");
        read.put("position", read.remove("id"));
        read.put("pbx", PBX);
        read.put("source", "database");
        read.put("origin", table + "#0");
        LocalDateTime local = precision.apply(LocalDateTime.parse(((String) columns.get(localTime)).replace(' ', 'T')));
        Instant instant = local.atZone(Corpus.ZONE).toInstant();
        read.put(utcTime, ChronoUnit.MICROS.between(Instant.EPOCH, instant));
        return read;
    }
}
