package com.sipstack.asterisk.source.csv;

import com.sipstack.asterisk.model.RowFormatException;
import com.sipstack.asterisk.source.csv.RecordSplitter.Piece;
import com.sipstack.asterisk.source.database.RowKind;
import com.sipstack.asterisk.source.database.TableRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads rows out of a file's bytes. For one thread. */
final class RecordReader {
    private final RowColumns columns;

    RecordReader(RowKind kind, List<String> configured) {
        this.columns = new RowColumns(kind, configured);
    }

    /** What stands between two positions of a file. */
    sealed interface Entry permits Entry.Found, Entry.Unreadable, Entry.Nothing {
        /** After it. */
        long end();

        /** @param row its id is the position at which it begins */
        record Found(TableRow row, long end) implements Entry {}

        record Unreadable(long position, long end, String reason) implements Entry {}

        /** Blank lines, zeros, a line of column names. */
        record Nothing(long end) implements Entry {}
    }

    /**
     * The entries that are there as a whole.
     *
     * @param position of the first byte in the file
     * @param isFinal whether nothing will follow
     */
    List<Entry> read(byte[] bytes, int limit, long position, boolean isFinal) {
        RecordSplitter splitter = new RecordSplitter(bytes, limit, isFinal);
        List<Entry> entries = new ArrayList<>();
        Optional<Piece> piece = splitter.next(0);
        while (piece.isPresent()) {
            entries.add(entry(bytes, piece.get(), position));
            piece = splitter.next(piece.get().end());
        }
        return entries;
    }

    private Entry entry(byte[] bytes, Piece piece, long position) {
        long end = position + piece.end();
        if (piece.isBlank()) {
            return new Entry.Nothing(end);
        }
        Optional<List<String>> fields = CsvFields.parse(CsvFields.text(bytes, piece.textStart(), piece.textEnd()));
        try {
            if (fields.isPresent() && columns.isHeader(fields.get())) {
                return new Entry.Nothing(end);
            }
            Map<String, Object> named = columns.name(fields.orElseThrow(() -> notOne(piece)));
            return new Entry.Found(new TableRow(position + piece.start(), named), end);
        } catch (RowFormatException e) {
            String reason = piece.isWhole() ? e.getMessage() : "record has no end: " + e.getMessage();
            return new Entry.Unreadable(position + piece.start(), end, reason);
        }
    }

    private static RowFormatException notOne(Piece piece) {
        return new RowFormatException(
                "the " + (piece.end() - piece.start()) + " bytes are not one record of comma-separated values");
    }
}
