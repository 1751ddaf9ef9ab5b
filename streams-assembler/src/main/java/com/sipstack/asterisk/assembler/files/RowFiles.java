package com.sipstack.asterisk.assembler.files;

import static java.util.Objects.requireNonNull;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CsvLayout.Table;
import com.sipstack.asterisk.model.Pbx;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.RowFormatException;
import com.sipstack.asterisk.model.RowSource;
import com.sipstack.asterisk.model.WrittenTime;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Reads the rows of files, whichever kinds they are, compressed by gzip or not. What cannot be read is complained of and left out; the
 * rest is read.
 */
public final class RowFiles {
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String pbx;
    private final Optional<ZoneId> zone;
    private final Complaints complaints;
    private final KnownTwins twins = new KnownTwins();
    private final List<Row> rows = new ArrayList<>();

    /**
     * @param pbx name of the PBX of rows that do not say theirs
     * @param zone of local times; empty to work it out for each file
     */
    public RowFiles(String pbx, Optional<ZoneId> zone, Complaints complaints) {
        this.pbx = requireNonNull(pbx, "pbx is null");
        this.zone = requireNonNull(zone, "zone is null");
        this.complaints = requireNonNull(complaints, "complaints is null");
    }

    /** The rows read so far, each once though it stand in several files. */
    public List<Row> rows() {
        return List.copyOf(rows);
    }

    /** @param file its name, for complaints */
    public void read(String file, InputStream in) {
        try (BufferedReader text = open(in)) {
            boolean isJson = firstCharacter(text) == '{';
            List<FileRow> read = isJson ? JsonRows.read(file, text, complaints) : CsvRows.read(file, text, complaints);
            ZoneId local =
                    zone.or(() -> FileZone.of(read).map(ZoneId.class::cast)).orElse(ZoneOffset.UTC);
            read.forEach(row -> add(row, isJson ? RowSource.DATABASE : RowSource.CSV, local));
        } catch (IOException | UncheckedIOException e) {
            complaints.about(file, "cannot be read: " + e.getMessage());
        }
    }

    private static BufferedReader open(InputStream in) throws IOException {
        InputStream bytes = new BufferedInputStream(in);
        bytes.mark(2);
        int magic = bytes.read() << Byte.SIZE | bytes.read();
        bytes.reset();
        InputStream plain = magic == GZIP_MAGIC ? new GZIPInputStream(bytes) : bytes;
        return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
    }

    /** Leaves the reader before it; what stands in front of it is skipped. */
    private static int firstCharacter(BufferedReader text) throws IOException {
        int c;
        do {
            text.mark(1);
            c = text.read();
        } while (c >= 0 && (Character.isWhitespace(c) || c == BYTE_ORDER_MARK));
        text.reset();
        return c;
    }

    private void add(FileRow found, RowSource source, ZoneId local) {
        try {
            Row row = row(found, source, local);
            row.callKey();
            if (!twins.knows(found.line().file(), row)) {
                rows.add(row);
            }
        } catch (RowFormatException e) {
            complaints.about(found.line().toString(), e.getMessage());
        }
    }

    private Row row(FileRow found, RowSource source, ZoneId local) {
        Map<String, Object> columns = new LinkedHashMap<>(found.columns());
        Object id = columns.remove("id");
        columns.putIfAbsent("pbx", pbx);
        columns.putIfAbsent("source", source.toString());
        if (columns.putIfAbsent("origin", found.line().file()) == null) {
            columns.putIfAbsent("position", id == null ? (Object) found.number() : id);
        }
        if (columns.get(found.utcColumn()) == null) {
            columns.put(found.utcColumn(), micros(found, local));
        }
        if (!Pbx.isName(String.valueOf(columns.get("pbx")))) {
            throw new RowFormatException("pbx '" + columns.get("pbx") + "' should be " + Pbx.NAME_RULE);
        }
        return found.table() == Table.CEL ? Cel.MAPPING.fromColumns(columns) : Cdr.MAPPING.fromColumns(columns);
    }

    private static Long micros(FileRow row, ZoneId local) {
        Instant moment = WrittenTime.parse(row.text(row.timeColumn()))
                .map(written -> written.in(local))
                .orElseThrow(() ->
                        new RowFormatException(row.timeColumn() + " '" + row.text(row.timeColumn()) + "' is no time"));
        return WrittenTime.micros(moment);
    }
}
