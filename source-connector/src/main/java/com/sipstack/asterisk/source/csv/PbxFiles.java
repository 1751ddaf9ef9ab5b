package com.sipstack.asterisk.source.csv;

import com.sipstack.asterisk.source.csv.PbxFilesConfig.Watched;
import com.sipstack.asterisk.source.fleet.FileRoots;
import com.sipstack.asterisk.source.fleet.Gap;
import com.sipstack.asterisk.source.fleet.RecordQueue;
import com.sipstack.asterisk.source.fleet.StartFrom;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows all files of one PBX, a block of each in turn. For one thread. */
final class PbxFiles {
    private static final Logger LOG = LoggerFactory.getLogger(PbxFiles.class);

    private final PbxFilesConfig pbx;
    private final Function<CsvSourcePartition, Optional<CsvSourceOffset>> stored;
    private final RecordQueue queue;
    private final Clock clock;
    private final CsvCounters counters;
    private final Buffers buffers;
    private final Map<Path, FollowedFile> files = new LinkedHashMap<>();
    /** Since when patterns are followed: what appears later is read from its beginning. */
    private final Map<FilePattern, Instant> since = new LinkedHashMap<>();

    private StartFrom start;
    private Instant firstTry;
    private String lastFault = "";
    /** Of the files that were looked at in this turn. */
    private long bytesBehind;

    /** @param stored tells where an earlier task stopped */
    PbxFiles(
            PbxFilesConfig pbx,
            Function<CsvSourcePartition, Optional<CsvSourceOffset>> stored,
            RecordQueue queue,
            Clock clock,
            CsvCounters counters,
            Buffers buffers) {
        this.pbx = pbx;
        this.stored = stored;
        this.queue = queue;
        this.clock = clock;
        this.counters = counters;
        this.buffers = buffers;
        this.start = pbx.startFrom();
    }

    String pbx() {
        return pbx.pbx();
    }

    /**
     * Reads a block of each file. One that cannot be read keeps the others from nothing, and is tried again every time.
     *
     * @return how long to wait before the next turn
     * @throws InterruptedException if the reading is being stopped
     */
    Duration turn() throws InterruptedException {
        if (firstTry == null) {
            firstTry = clock.instant();
        }
        IOException fault = null;
        boolean isMore = false;
        bytesBehind = 0;
        for (Watched watched : pbx.watched()) {
            try {
                isMore |= read(watched);
            } catch (IOException e) {
                fault = e;
            }
        }
        if (fault != null) {
            fails(fault);
        } else {
            answers();
            counters.turnTaken(bytesBehind);
        }
        return isMore ? Duration.ZERO : pbx.pollInterval();
    }

    /** After a turn that nobody foresaw to end as it did. */
    void broke() {
        counters.turnFailed();
        close();
    }

    void close() {
        files.values().forEach(this::close);
    }

    private boolean read(Watched watched) throws IOException, InterruptedException {
        IOException fault = null;
        boolean isMore = false;
        for (Path path : watched.pattern().files(files.keySet())) {
            FollowedFile file = files.computeIfAbsent(path, found -> follow(watched, found));
            try {
                isMore |= file.read(start);
                bytesBehind += file.bytesBehind();
            } catch (IOException e) {
                file.close();
                fault = e;
            }
        }
        if (fault != null) {
            throw fault;
        }
        keepPattern(watched.pattern());
        return isMore;
    }

    private FollowedFile follow(Watched watched, Path path) {
        FileRoots.fromEnvironment().require(path);
        Optional<CsvSourceOffset> known = stored(path.toString()).or(() -> knownSince(watched.pattern()));
        FileRows rows = new FileRows(pbx, watched, path, queue, counters, clock, buffers);
        return new FollowedFile(pbx, path, known.map(place -> rewound(path, place)), rows, counters, clock, buffers);
    }

    private CsvSourceOffset rewound(Path path, CsvSourceOffset stored) {
        if (pbx.rewindBefore().filter(stored.at()::isBefore).isEmpty()
                || stored.file().isEmpty()) {
            return stored;
        }
        CsvSourceOffset earlier = stored.rewound(pbx.lookback())
                .orElseGet(() -> CsvSourceOffset.since(stored.at().minus(pbx.lookback())));
        LOG.info(
                "PBX {}, file {}: goes back from byte {} to {}, what was read before {} may have been lost",
                pbx.pbx(),
                path,
                stored.position(),
                earlier.position(),
                pbx.rewindBefore().get());
        return earlier;
    }

    private Optional<CsvSourceOffset> knownSince(FilePattern pattern) {
        if (!pattern.hasWildcards()) {
            return Optional.empty();
        }
        return Optional.ofNullable(since.get(pattern))
                .map(CsvSourceOffset::since)
                .or(() -> stored(pattern.text()));
    }

    private Optional<CsvSourceOffset> stored(String path) {
        return stored.apply(new CsvSourcePartition(pbx.pbx(), path));
    }

    /** Once all files that a pattern finds at first have their places: a file that comes later is new. */
    private void keepPattern(FilePattern pattern) throws InterruptedException {
        if (!pattern.hasWildcards() || since.containsKey(pattern)) {
            return;
        }
        Optional<CsvSourceOffset> earlier = stored(pattern.text());
        Instant now = clock.instant();
        since.put(pattern, earlier.map(CsvSourceOffset::at).orElse(now));
        if (earlier.isEmpty()) {
            String reason = CsvSettings.START_FROM.key() + "=" + pbx.startFrom();
            CsvRecords records = new CsvRecords(pbx, pbx.watched().get(0).kind(), Path.of(pattern.text()));
            queue.put(records.gap(
                    CsvSourceOffset.since(now), new Gap(pbx.pbx(), Optional.empty(), now, reason, pattern.text())));
        }
    }

    private void fails(IOException e) throws InterruptedException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException("the reading was stopped while PBX " + pbx.pbx() + " was being read");
        }
        counters.turnFailed();
        start = start.missedAt(firstTry);
        if (!e.toString().equals(lastFault)) {
            LOG.warn("PBX {}: a file cannot be read and will be tried until it can: {}", pbx.pbx(), e.toString());
            lastFault = e.toString();
        }
    }

    private void answers() {
        if (!lastFault.isEmpty()) {
            LOG.info("PBX {}: all files can be read again", pbx.pbx());
            lastFault = "";
        }
    }

    private void close(FollowedFile file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("PBX {}: a file could not be closed", pbx.pbx(), e);
        }
    }
}
