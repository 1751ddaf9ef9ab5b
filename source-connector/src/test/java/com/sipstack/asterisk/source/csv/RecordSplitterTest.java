package com.sipstack.asterisk.source.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.demopbx.CsvCorpus;
import com.sipstack.asterisk.source.csv.RecordReader.Entry;
import com.sipstack.asterisk.source.database.RowKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordSplitterTest {
    private static final String ROW = "\"HANGUP\",\"2026-11-21 18:54:48.1\",\"Smith, \"\"JJ\"\"\nJohn\"";

    @ParameterizedTest
    @EnumSource(CsvCorpus.class)
    void anyChunksOfAFileGiveTheSameRecords(CsvCorpus file) {
        byte[] bytes = file.bytes();
        Random random = new Random(20261122);
        List<String> whole = texts(bytes, bytes.length);

        assertThat(whole).hasSize(file.records());
        for (int chunk : new int[] {700, 4096, 65_536}) {
            assertThat(inChunks(bytes, random, chunk)).isEqualTo(whole);
        }
    }

    @Test
    void aRecordMaySpanLinesAndHoldCommasAndQuotes() {
        assertThat(split(ROW + "\n" + ROW + "\r\n")).containsExactly(ROW, ROW + "\r");
    }

    @Test
    void aRecordWithoutItsEndIsNotTaken() {
        for (int length = 1; length <= ROW.length(); length++) {
            assertThat(split(ROW.substring(0, length))).isEmpty();
        }
    }

    @Test
    void aHalfWrittenRecordBeforeZerosCostsOnlyItself() {
        String cut = "\"HANGUP\",\"2026-11-";

        assertThat(split(cut + "\0\0\0\0" + ROW + "\n")).containsExactly(cut, ROW);
    }

    @Test
    void zerosAtTheEndMayStillBeFilled() {
        assertThat(split(ROW + "\n\0\0\0")).containsExactly(ROW);
        assertThat(split(ROW + "\0\0\0")).isEmpty();
    }

    @Test
    void aHalfWrittenRecordBeforeAnotherEndsWithIt() {
        String cut = "\"HANGUP\",\"2026-11-21 18:54:48.1\",\"Smi";

        assertThat(split(cut + "\"A\",\"1\"\n" + ROW + "\n")).containsExactly(cut + "\"A\",\"1\"", ROW);
    }

    @Test
    void aQuoteWithoutAPartnerCostsItsLineAlone() {
        String open = "\"HANGUP\",\"1\",\"" + "x".repeat(100);
        String after = ("1,plain" + "y".repeat(90) + "\n").repeat(900);

        List<String> records = split(open + "\n" + after);

        assertThat(records.get(0)).isEqualTo(open);
        assertThat(records).hasSize(901);
    }

    @Test
    void aFieldThatOnlyBeginsLikeTheBrokenFormIsAField() {
        String name = "\"A\",\"2026-11-21 18:54:48\",\"\n\"\"quoted\"\" he said\"";

        assertThat(split(name + "\n" + ROW + "\n")).containsExactly(name, ROW);
    }

    @Test
    void aFilesBeginningUpToItsFirstRowTellsIt() {
        byte[] header = "\"eventtype\",\"eventtime\"\n".getBytes(UTF_8);
        byte[] first = ("\"eventtype\",\"eventtime\"\n" + ROW + "\n").getBytes(UTF_8);
        byte[] more = ("\"eventtype\",\"eventtime\"\n" + ROW + "\n" + ROW + "\n").getBytes(UTF_8);

        assertThat(Fingerprint.of(header, header.length, false)).isEmpty();
        assertThat(Fingerprint.of(more, more.length, false)).isEqualTo(Fingerprint.of(first, first.length, false));
        assertThat(Fingerprint.of(first, first.length, false).orElseThrow().matches(more, more.length))
                .isTrue();
    }

    @Test
    void everyRecordOfTheCorpusIsARow() {
        for (CsvCorpus file : CsvCorpus.values()) {
            RowKind kind = RowKind.valueOf(file.kind());
            List<Entry> entries =
                    new RecordReader(kind, List.of()).readAll(file.bytes(), file.bytes().length, 0, false);

            assertThat(entries).as(file.name()).hasSize(file.records()).allMatch(Entry.Found.class::isInstance);
        }
    }

    private static List<String> split(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return texts(bytes, bytes.length);
    }

    private static List<String> texts(byte[] bytes, int limit) {
        List<String> records = new ArrayList<>();
        take(bytes, limit, records);
        return records;
    }

    /** Returns after which byte it was done. */
    private static int take(byte[] bytes, int limit, List<String> records) {
        RecordSplitter splitter = new RecordSplitter(bytes, limit, false);
        int at = 0;
        for (var piece = splitter.next(at); piece.isPresent(); piece = splitter.next(at)) {
            if (!piece.get().isBlank()) {
                records.add(new String(
                        bytes,
                        piece.get().textStart(),
                        piece.get().textEnd() - piece.get().textStart(),
                        UTF_8));
            }
            at = piece.get().end();
        }
        return at;
    }

    private static List<String> inChunks(byte[] bytes, Random random, int most) {
        List<String> records = new ArrayList<>();
        int at = 0;
        int written = 0;
        while (written < bytes.length) {
            written = Math.min(bytes.length, written + 1 + random.nextInt(most));
            byte[] visible = Arrays.copyOfRange(bytes, at, written);
            at += take(visible, visible.length, records);
        }
        return records;
    }
}
