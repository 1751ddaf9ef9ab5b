package com.sipstack.asterisk.source.csv;

import com.sipstack.asterisk.model.RowFormatException;
import com.sipstack.asterisk.source.csv.RecordSplitter.Piece;
import com.sipstack.asterisk.source.database.RowKind;
import com.sipstack.asterisk.source.database.TableRow;
import java.util.ArrayList;
import java.util.Iterator;
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
     * The entries that are there as a whole, each read when it is asked for: what is made of it finds it in the processor's cache.
     *
     * @param bytes must not change before the last one was asked for
     * @param position of the first byte in the file
     * @param isFinal whether nothing will follow
     */
    Iterator<Entry> read(byte[] bytes, int limit, long position, boolean isFinal) {
        RecordSplitter splitter = new RecordSplitter(bytes, limit, isFinal);
        return new Iterator<>() {
            private Optional<Piece> piece = splitter.next(0);

            @Override
            public boolean hasNext() {
                return piece.isPresent();
            }

            @Override
            public Entry next() {
                Piece taken = piece.orElseThrow();
                piece = splitter.next(taken.end());
                return entry(bytes, taken, position);
            }
        };
    }

    /** The same at once. */
    List<Entry> readAll(byte[] bytes, int limit, long position, boolean isFinal) {
        List<Entry> entries = new ArrayList<>();
        read(bytes, limit, position, isFinal).forEachRemaining(entries::add);
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
