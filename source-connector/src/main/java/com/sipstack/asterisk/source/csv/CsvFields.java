package com.sipstack.asterisk.source.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Parses single records. */
final class CsvFields {
    private static final CsvReaderBuilder READER = CsvReader.builder()
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE);

    private CsvFields() {}

    /** Bytes that are no UTF-8 become replacement characters: Asterisk cuts text at 79 bytes, in the middle of a character too. */
    static String text(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** The fields of a text that is one record; empty if it is no CSV, or more than one. */
    static Optional<List<String>> parse(String text) {
        try {
            Iterator<CsvRecord> records = READER.ofCsvRecord(text).iterator();
            if (!records.hasNext()) {
                return Optional.empty();
            }
            List<String> fields = records.next().getFields();
            return records.hasNext() ? Optional.empty() : Optional.of(fields);
        } catch (CsvParseException e) {
            return Optional.empty();
        }
    }
}
