package com.sipstack.asterisk.source.csv;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sipstack.asterisk.demopbx.CsvCorpus;
import com.sipstack.asterisk.demopbx.Mutations;
import com.sipstack.asterisk.model.Provenance;
import com.sipstack.asterisk.model.RowFormatException;
import com.sipstack.asterisk.model.RowSource;
import com.sipstack.asterisk.source.csv.RecordReader.Entry;
import com.sipstack.asterisk.source.database.RowKind;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file holds, each of its bytes belongs to one record, readable or not. */
class CsvFuzzTest {
    private static final int SEED_BYTES = 4_000;
    private static final int MUTATIONS = 1_000;

    static Stream<byte[]> corpus() {
        return Stream.of(CsvCorpus.values()).map(file -> Arrays.copyOf(file.bytes(), SEED_BYTES));
    }

    @Tag("long")
    @MethodSource("corpus")
    @FuzzTest(maxDuration = "2m") // the last annotation, or Jazzer refuses it
    void everyByteIsAccountedFor(byte[] file) {
        read(file, RowKind.CEL);
        read(file, RowKind.CDR);
    }

    @Test
    void everyByteOfSpoiltFilesIsAccountedFor() {
        Stream.concat(corpus(), Mutations.of(corpus().toList(), MUTATIONS)).forEach(this::everyByteIsAccountedFor);
    }

    private static void read(byte[] file, RowKind kind) {
        Iterator<Entry> entries = new RecordReader(kind, List.of()).read(file, file.length, 0, true);
        long end = 0;
        while (entries.hasNext()) {
            Entry entry = entries.next();
            assertThat(entry.end()).isGreaterThan(end);
            end = entry.end();
            if (entry instanceof Entry.Found found) {
                toStruct(kind, found);
            }
        }
        assertThat(end).isEqualTo(file.length);
    }

    private static void toStruct(RowKind kind, Entry.Found found) {
        try {
            kind.toStruct(
                    new Provenance("pbx", RowSource.CSV, "file", found.row().id()), found.row(), ZoneOffset.UTC);
        } catch (RowFormatException e) {
            assertThat(e).hasMessageMatching("(?s).+"); // the letter says why
        }
    }
}
