package com.sipstack.asterisk.assembler.files;

import com.sipstack.asterisk.assembler.files.FileRow.Line;
import com.sipstack.asterisk.model.CsvLayout;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Reads the CSV files of cel_custom, cdr-csv and cdr_custom, and tables that were exported with their columns' names. */
final class CsvRows {
    /** A record that is no CSV costs itself, not the file. */
    private static final CsvReader.CsvReaderBuilder LENIENT = CsvReader.builder()
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(true);

    private final String file;
    private final Complaints complaints;
    private final List<FileRow> rows = new ArrayList<>();
    private CsvLayout header;

    private CsvRows(String file, Complaints complaints) {
        this.file = file;
        this.complaints = complaints;
    }

    static List<FileRow> read(String file, BufferedReader in, Complaints complaints) throws IOException {
        CsvRows read = new CsvRows(file, complaints);
        try (CsvReader<CsvRecord> records = LENIENT.ofCsvRecord(new UnclosedQuotes(in))) {
            records.forEach(read::add);
        } catch (CsvParseException e) {
            complaints.about(file, "is no CSV: " + e.getMessage());
        }
        return read.rows;
    }

    private void add(CsvRecord csv) {
        List<String> fields = csv.getFields();
        Line line = new Line(file, csv.getStartingLineNumber());
        if (rows.isEmpty() && header == null) {
            header = CsvLayout.ofHeader(fields).orElse(null);
            if (header != null) {
                return;
            }
        }
        Optional<CsvLayout> layout =
                header == null ? CsvLayout.of(fields) : Optional.of(header).filter(names -> names.fits(fields));
        layout.ifPresentOrElse(
                found -> rows.add(
                        new FileRow(line, rows.size() + 1L, found.table(), new LinkedHashMap<>(found.read(fields)))),
                () -> complaints.about(
                        line.toString(), "has " + fields.size() + " fields, which is no form of CEL or CDR"));
    }
}
