package com.sipstack.asterisk.allinone.doctor;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The last rows of a file of Asterisk's.
 *
 * @param isEndless whether the file is one record that never ends, as Asterisk before 20.19 writes it by a mapping without its last
 *     bracket; then there are no records
 */
record CsvTail(boolean isEndless, List<List<String>> records) {
    private static final int BYTES = 512 * 1024;
    private static final Pattern ENDLESS = Pattern.compile("(?m)^\"\"[A-Z0-9_]+\",\".*,\"$");
    /** Where a row can begin: a caller's name may hold line ends, but hardly one before what looks like a field. */
    private static final Pattern BEGINNING = Pattern.compile("\n(?=\"[^\"\n]*\",|\"\"\")");

    CsvTail {
        records = List.copyOf(records);
    }

    static CsvTail of(Path file) throws IOException {
        String text = text(file);
        if (ENDLESS.matcher(text).find()) {
            return new CsvTail(true, List.of());
        }
        List<List<String>> records = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(true)
                .ofCsvRecord(text)) {
            reader.forEach(line -> records.add(line.getFields()));
        } catch (CsvParseException e) {
            // What follows is no CSV; what came before it tells the columns
            return new CsvTail(false, records);
        }
        return new CsvTail(false, records);
    }

    /** Whole lines, from where a row begins. The last one may still be being written: it is left out. */
    private static String text(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, in.length() - BYTES);
            byte[] bytes = new byte[(int) (in.length() - from)];
            in.seek(from);
            in.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            text = text.substring(0, text.lastIndexOf('\n') + 1);
            return from == 0 ? text : fromBeginning(text);
        }
    }

    private static String fromBeginning(String text) {
        var beginning = BEGINNING.matcher(text);
        return beginning.find() ? text.substring(beginning.end()) : text.substring(text.indexOf('\n') + 1);
    }
}
