package com.sipstack.asterisk.source.csv;

import com.sipstack.asterisk.model.RowFormatException;
import com.sipstack.asterisk.model.WrittenTime;
import com.sipstack.asterisk.source.csv.PbxFilesConfig.Watched;
import com.sipstack.asterisk.source.csv.RecordReader.Entry;
import com.sipstack.asterisk.source.database.RowClock;
import com.sipstack.asterisk.source.database.RowKind;
import com.sipstack.asterisk.source.database.TableRow;
import com.sipstack.asterisk.source.database.ZoneInference;
import com.sipstack.asterisk.source.fleet.Gap;
import com.sipstack.asterisk.source.fleet.RecordQueue;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns the bytes of a followed file into rows, tells their time zone and puts their records into the queue. For one thread. */
final class FileRows {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    private final PbxFilesConfig pbx;
    private final RowKind kind;
    private final Path path;
    private final RecordReader reader;
    private final CsvRecords records;
    private final ZoneInference zone;
    private final RowClock rowClock;
    private final RecordQueue queue;
    private final CsvCounters counters;
    private final byte[] head;
    /** Rows before it are passed over until the first one that is not; empty when that was found. */
    private Optional<Instant> sought = Optional.empty();

    FileRows(
            PbxFilesConfig pbx,
            Watched watched,
            Path path,
            RecordQueue queue,
            CsvCounters counters,
            Clock clock,
            Buffers buffers) {
        this.pbx = pbx;
        this.kind = watched.kind();
        this.path = path;
        this.reader = new RecordReader(kind, watched.columns());
        this.records = new CsvRecords(pbx, kind, path);
        this.zone = new ZoneInference("PBX " + pbx.pbx() + ", file " + path, kind, pbx.zone(), clock);
        this.rowClock = new RowClock(zone, kind, clock);
        this.queue = queue;
        this.counters = counters;
        this.head = buffers.head();
    }

    Iterator<Entry> read(byte[] block, int count, long position, boolean isFinal) {
        return reader.read(block, count, position, isFinal);
    }

    /** Passes over rows of before an instant. */
    void seek(Instant instant) {
        sought = Optional.of(instant);
    }

    /** Keeps the place at once, though no row has come: the next task would take a later "latest". */
    void declareStart(CsvSourceOffset offset, Instant to) throws InterruptedException {
        String reason = CsvSettings.START_FROM.key() + "=" + pbx.startFrom();
        queue.put(records.gap(offset, new Gap(pbx.pbx(), Optional.empty(), to, reason, path.toString())));
    }

    void declareGap(CsvSourceOffset offset, Instant from, Instant to, String reason) throws InterruptedException {
        queue.put(records.gap(offset, new Gap(pbx.pbx(), Optional.of(from), to, reason, path.toString())));
    }

    /**
     * Puts the entries' records into the queue.
     *
     * @param block the bytes out of which they were read
     * @param before the place at which those begin
     * @param content for a look at what stands before them
     * @return the place after them
     */
    CsvSourceOffset enqueue(Iterator<Entry> entries, byte[] block, CsvSourceOffset before, FileContent content)
            throws IOException, InterruptedException {
        Iterator<Entry> known = zone.isKnown() ? entries : learnZone(entries, before, content);
        CsvSourceOffset place = before;
        Optional<TableRow> newest = Optional.empty();
        while (known.hasNext()) {
            Entry entry = known.next();
            CsvSourceOffset beyond = place.at(entry.end());
            if (entry instanceof Entry.Found found && !isBeforeSought(found.row(), place)) {
                enqueue(found, block, before.position(), beyond);
                newest = Optional.of(found.row());
            } else if (entry instanceof Entry.Unreadable bad && sought.isEmpty()) {
                letter(block, before.position(), bad.position(), beyond, bad.reason());
            }
            place = beyond;
        }
        counters.newestRow(newest.flatMap(row -> moment(row, zone.zone())));
        return place;
    }

    /** After the last line feed, or the end if there is none near it. */
    long lastLineEnd(FileContent content) throws IOException {
        long size = content.size();
        long from = Math.max(0, size - head.length);
        int count = content.read(head, (int) (size - from), from);
        while (count > 0 && head[count - 1] != '\n') {
            count--;
        }
        return count == 0 ? size : from + count;
    }

    /** Looks through all entries before the first of them is asked for. */
    private Iterator<Entry> learnZone(Iterator<Entry> entries, CsvSourceOffset before, FileContent content)
            throws IOException {
        List<Entry> all = new ArrayList<>();
        entries.forEachRemaining(all::add);
        List<TableRow> rows = rows(all);
        if (!rows.isEmpty()) {
            zone.<IOException>learn(rows, limit -> earlier(content, before.position(), limit));
        }
        return all.iterator();
    }

    private List<TableRow> earlier(FileContent content, long position, int limit) throws IOException {
        long from = Math.max(0, position - head.length);
        int count = content.read(head, (int) (position - from), from);
        List<TableRow> rows = rows(reader.readAll(head, count, from, true));
        return rows.subList(Math.max(0, rows.size() - limit), rows.size());
    }

    private static List<TableRow> rows(List<Entry> entries) {
        return entries.stream()
                .filter(Entry.Found.class::isInstance)
                .map(entry -> ((Entry.Found) entry).row())
                .toList();
    }

    private boolean isBeforeSought(TableRow row, CsvSourceOffset place) throws InterruptedException {
        if (sought.isEmpty()) {
            return false;
        }
        ZoneId rowZone = rowClock.zoneOf(row);
        if (moment(row, rowZone).filter(sought.get()::isAfter).isPresent()) {
            return true;
        }
        declareStart(place, sought.get());
        sought = Optional.empty();
        return false;
    }

    private void enqueue(Entry.Found found, byte[] block, long blockStart, CsvSourceOffset beyond)
            throws InterruptedException {
        TableRow row = found.row();
        try {
            queue.put(records.row(row, beyond, rowClock.zoneOf(row)));
            counters.rowRead();
        } catch (RowFormatException e) {
            letter(block, blockStart, row.id(), beyond, e.getMessage());
        } catch (RuntimeException e) {
            letter(
                    block,
                    blockStart,
                    row.id(),
                    beyond,
                    e.toString()); // nobody foresaw it: the rows after it are read all the same
        }
    }

    private void letter(byte[] block, long blockStart, long position, CsvSourceOffset beyond, String reason)
            throws InterruptedException {
        byte[] raw = Arrays.copyOfRange(block, (int) (position - blockStart), (int) (beyond.position() - blockStart));
        queue.put(records.letter(raw, position, beyond, reason));
        counters.letterWritten();
    }

    /** An event at its time, a CDR at its leg's end; empty if its time cannot be read. */
    private Optional<Instant> moment(TableRow row, ZoneId rowZone) {
        String duration = row.text("duration");
        boolean hasLength = kind == RowKind.CDR
                && duration != null
                && SECONDS.matcher(duration).matches();
        long seconds = hasLength ? new BigDecimal(duration).longValue() : 0;
        return WrittenTime.parse(row.text(kind.timeColumn()))
                .map(time -> time.in(rowZone).plusSeconds(seconds));
    }
}
