package com.sipstack.asterisk.source.csv;

import com.sipstack.asterisk.source.csv.CsvSourceOffset.Identity;
import com.sipstack.asterisk.source.csv.FileSearch.Opened;
import com.sipstack.asterisk.source.csv.RecordReader.Entry;
import com.sipstack.asterisk.source.csv.RotatedFiles.Rotated;
import com.sipstack.asterisk.source.fleet.StartFrom;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a file that Asterisk writes, through all that is done to it: each file that had its name is read to its end before the
 * next one. A file is kept open, so that neither a new name nor its deletion takes rows from us. For one thread.
 */
final class FollowedFile {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedFile.class);
    private static final int MOST_FINISHED = 128;

    private final PbxFilesConfig pbx;
    private final Clock clock;
    private final String label;
    private final byte[] block;
    private final FileSearch search;
    private final FileRows rows;
    private final CsvCounters counters;
    private final FilePatience patience;
    private final Map<Fingerprint, Long> finished = new LinkedHashMap<>();
    /** Beyond what is in the queue; null until we know where to begin. */
    private CsvSourceOffset place;
    /** The last file that was read to its end, if it is still there; else null. */
    private Rotated last;
    /** Null while none is open. */
    private Opened file;

    /** @param stored where an earlier task stopped; empty if there was none */
    FollowedFile(
            PbxFilesConfig pbx,
            Path path,
            Optional<CsvSourceOffset> stored,
            FileRows rows,
            CsvCounters counters,
            Clock clock,
            Buffers buffers) {
        this.pbx = pbx;
        this.clock = clock;
        this.label = "PBX " + pbx.pbx() + ", file " + path;
        this.block = buffers.block();
        this.search = new FileSearch(path, buffers.head());
        this.rows = rows;
        this.counters = counters;
        this.patience = new FilePatience(clock, pbx.pollInterval());
        this.place = stored.orElse(null);
    }

    /**
     * Puts the next rows into the queue.
     *
     * @param start where to begin if the file was never read
     * @return whether there may be more at once
     */
    boolean read(StartFrom start) throws IOException, InterruptedException {
        if (place == null) {
            begin(start);
        }
        if (file == null && !open()) {
            return false;
        }
        try {
            return readOn();
        } catch (ZipException | EOFException e) {
            declareGap("its compressed form cannot be read to its end: " + e.getMessage());
            finish();
            return true;
        }
    }

    /** Bytes of the file that is open that were not read yet; none of a compressed one, whose text's length nothing tells. */
    long bytesBehind() throws IOException {
        return file == null || file.content().isComplete()
                ? 0
                : Math.max(0, file.content().size() - place.position());
    }

    void close() throws IOException {
        if (file != null) {
            file.content().close();
            file = null;
        }
    }

    private boolean readOn() throws IOException, InterruptedException {
        int count = file.content().read(block, block.length, place.position());
        // Asked after reading: bytes of a file that was emptied and filled again meanwhile are not taken for its own
        if (!file.content().isComplete() && !isStillItself()) {
            return emptied();
        }
        if (!identify(count, false)) {
            return isLeft() && finishWith(count);
        }
        Iterator<Entry> entries = rows.read(block, count, place.position(), false);
        if (entries.hasNext()) {
            take(entries);
            return count == block.length || !file.isActive();
        }
        return isLeft() && finishWith(count);
    }

    private boolean isStillItself() throws IOException {
        return place.file().isEmpty()
                || search.begins(file.content(), place.file().get().fingerprint());
    }

    /** Whether it is known which file it is: until its first row is there, nothing of it is taken. */
    private boolean identify(int count, boolean isFinal) {
        if (place.file().isEmpty()) {
            Fingerprint.of(block, count, isFinal).ifPresent(known -> place = placeIn(known, 0));
        }
        return place.file().isPresent();
    }

    private CsvSourceOffset placeIn(Fingerprint known, long position) {
        return CsvSourceOffset.in(Identity.of(file.content().key(), known), position, clock.instant());
    }

    private void take(Iterator<Entry> entries) throws IOException, InterruptedException {
        patience.isThere();
        long before = place.position();
        place = rows.enqueue(entries, block, place.readingAt(clock.instant(), pbx.lookback()), file.content());
        counters.bytesRead(place.position() - before);
    }

    /** Whether the name is another file's, and ours has had the time to be written to for the last time. */
    private boolean isLeft() throws IOException {
        if (file.content().isComplete()) {
            return true;
        }
        Optional<BasicFileAttributes> now = search.activeNow();
        if (file.isActive() && now.isEmpty()) {
            return false;
        }
        if (file.isActive()
                && FileContent.keyOf(now.get()).equals(file.content().key())) {
            stayed(now.get());
            return false;
        }
        return (!file.isActive() || !isReplacedByItself()) && patience.isLeftForGood(file);
    }

    private void stayed(BasicFileAttributes now) throws IOException {
        patience.isThere();
        file = new Opened(
                file.content(), file.fingerprint(), now.lastModifiedTime().toInstant(), true);
        if (search.reaches(file.content(), place.position()) || !isStillItself()) {
            patience.isAsLongAsItWas();
        } else if (patience.isShortForGood()) {
            cut(now.size());
        }
    }

    /** A machine that lost power, perhaps: what was written last is gone, and what comes now stands in its place. */
    private void cut(long size) {
        long before = place.position();
        place = place.cutTo(size);
        LOG.warn("{}: was cut from {} bytes to {}: goes on from byte {}", label, before, size, place.position());
    }

    /** Some replace a file by a longer copy of it, under its name. */
    private boolean isReplacedByItself() throws IOException {
        Optional<Opened> other = search.active();
        if (other.isEmpty()) {
            return true; // gone again: to be looked at another time
        }
        if (place.file().isPresent()
                && search.begins(other.get().content(), place.file().get().fingerprint())) {
            adopt(other.get());
            return true;
        }
        other.get().content().close();
        return false;
    }

    /** A file was emptied under our hands: its rest is in a copy that was made before, or lost. */
    private boolean emptied() throws IOException, InterruptedException {
        Identity known = place.file().orElseThrow();
        Optional<Opened> copy = search.copyOf(known, place.position());
        if (copy.isPresent()) {
            adopt(copy.get());
            return true;
        }
        boolean isOther = search.reaches(file.content(), known.length());
        if (!isOther && !isLeft()) {
            return false; // nothing is in it yet that would tell what it becomes
        }
        declareGap("it was emptied, and no copy is there with what was written to it beyond byte " + place.position());
        finish();
        return true;
    }

    private boolean finishWith(int count) throws IOException, InterruptedException {
        if (identify(count, true)) {
            Iterator<Entry> rest = rows.read(block, count, place.position(), true);
            if (rest.hasNext()) {
                take(rest);
                return true; // the rest of a full block may be a whole one's beginning
            }
        }
        finish();
        return true;
    }

    private void finish() throws IOException {
        place.file().ifPresent(known -> finished.put(known.fingerprint(), place.position()));
        if (finished.size() > MOST_FINISHED) {
            finished.remove(finished.keySet().iterator().next());
        }
        last = place.file().isPresent() ? search.rotated(place.file().get()).orElse(null) : null;
        Instant modified = last == null ? file.modified() : last.modified();
        LOG.info("{}: has read a file of {} bytes to its end", label, place.position());
        counters.fileFinished();
        close();
        patience.isThere();
        place = CsvSourceOffset.since(modified);
    }

    private boolean open() throws IOException, InterruptedException {
        if (place.file().isEmpty()) {
            search.next(this::isLater, finished::containsKey).ifPresent(this::enter);
            return file != null;
        }
        Optional<Opened> known = search.known(place.file().get());
        if (known.isPresent()) {
            adopt(known.get());
            return true;
        }
        if (search.isNothingThere()) {
            return false;
        }
        declareGap("it is gone and was read up to byte " + place.position() + " only");
        place = CsvSourceOffset.since(place.at());
        last = null;
        return open();
    }

    /** Of files of the same moment as one that is gone any may be the next: rather one twice than none. */
    private boolean isLater(Rotated other) {
        return last == null ? !other.modified().isBefore(place.at()) : other.compareTo(last) > 0;
    }

    /** Begins a file; one that was read before goes on where it ended. */
    private void enter(Opened opened) {
        file = opened;
        opened.fingerprint().ifPresent(known -> place = placeIn(known, finished.getOrDefault(known, 0L)));
    }

    /** Goes on in another file with the same beginning. */
    private void adopt(Opened same) throws IOException {
        close();
        file = same;
        patience.isThere();
        place = place.under(same.content().key());
    }

    private void begin(StartFrom start) throws IOException, InterruptedException {
        Instant now = clock.instant();
        if (start instanceof StartFrom.Latest) {
            beginAfterAll(now);
            rows.declareStart(place, now);
        } else if (start instanceof StartFrom.At at) {
            place = CsvSourceOffset.since(at.instant());
            rows.seek(at.instant());
        } else {
            place = CsvSourceOffset.since(Instant.EPOCH);
        }
        LOG.info("{}: reads from byte {} on, as {} wants it", label, place.position(), CsvSettings.START_FROM.key());
    }

    private void beginAfterAll(Instant now) throws IOException {
        place = CsvSourceOffset.since(now);
        Optional<Opened> current = search.active();
        if (current.isPresent()) {
            file = current.get();
            if (file.fingerprint().isPresent()) {
                place = placeIn(file.fingerprint().get(), rows.lastLineEnd(file.content()));
            }
        }
    }

    private void declareGap(String reason) throws InterruptedException {
        Instant now = clock.instant();
        LOG.warn("{}: {}", label, reason);
        counters.gapDeclared();
        rows.declareGap(CsvSourceOffset.since(place.at()), place.at(), now, reason);
    }
}
