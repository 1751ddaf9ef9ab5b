package com.sipstack.asterisk.source.recording;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;

/**
 * One look through a PBX's folders. Files that may be taken wait, so many at a time, until it is seen whether they stay as they are.
 */
final class PbxScan implements FolderWalk.Visitor {
    private static final int MOST_WAITING = 5000;

    private final PbxRecordingsConfig pbx;
    private final Ledger ledger;
    private final Announcer announcer;
    private final Troubles troubles;
    private final Clock clock;
    private final Instant lastLook;
    private final Running running;
    /** Files whose audio was too short when it was last looked at: it need not be read at each scan. */
    private final Map<String, FileVersion> tooShort;

    private final RecordingCounters.Scan seen = new RecordingCounters.Scan();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private boolean isWhole = true;

    PbxScan(
            PbxRecordingsConfig pbx,
            Ledger ledger,
            Announcer announcer,
            Troubles troubles,
            Clock clock,
            Instant lastLook,
            Running running,
            Map<String, FileVersion> tooShort) {
        this.pbx = pbx;
        this.ledger = ledger;
        this.announcer = announcer;
        this.troubles = troubles;
        this.clock = clock;
        this.lastLook = lastLook;
        this.running = running;
        this.tooShort = tooShort;
    }

    /** @param since nanoseconds of the machine's own */
    private record Waiting(RecordingFile file, FileVersion version, long since) {}

    void look(Iterable<Path> roots) throws InterruptedException {
        for (Path root : roots) {
            new FolderWalk(root, this).walk();
        }
        settle();
        announcer.finish();
    }

    RecordingCounters.Scan seen() {
        return seen;
    }

    /** Whether all folders could be read. */
    boolean isWhole() {
        return isWhole;
    }

    @Override
    public void file(RecordingFile file, FileVersion version) throws InterruptedException {
        running.require();
        seen.find();
        Optional<LeftOut> reason = judge(file, version);
        if (reason.isPresent()) {
            seen.leaveOut(reason.get());
        } else if (!file.hasName()) {
            seen.leaveOut(LeftOut.NAMELESS);
            announcer.writeLetter(
                    file,
                    version,
                    "the file's name is no text in the worker's encoding: rename it, or set LANG for the worker");
        } else {
            waiting.add(new Waiting(file, version, System.nanoTime()));
            if (waiting.size() >= MOST_WAITING) {
                settle();
            }
        }
    }

    @Override
    public void link() {
        seen.leaveOut(LeftOut.LINK);
    }

    @Override
    public void unreadable(Path path, IOException fault) {
        isWhole = false;
        seen.leaveOut(LeftOut.UNREADABLE);
        troubles.note(path.toString(), "a folder cannot be looked into", fault);
    }

    /** From what costs least to what costs most. */
    private Optional<LeftOut> judge(RecordingFile file, FileVersion version) {
        Optional<LeftOut> byName = pbx.filter().judgeName(file.name());
        if (byName.isPresent()) {
            return byName;
        }
        Optional<LeftOut> byVersion = pbx.filter().judge(version, clock.instant(), lastLook);
        if (byVersion.isPresent() && !isToBeSentAgain(byVersion.get(), file, version)) {
            return byVersion;
        }
        if (isKnown(file, version)) {
            return Optional.of(file.hasName() ? LeftOut.KNOWN : LeftOut.NAMELESS);
        }
        if (version.equals(tooShort.get(file.origin()))) {
            return Optional.of(LeftOut.TOO_SHORT);
        }
        return troubles.isResting(file.origin()) ? Optional.of(LeftOut.UNREADABLE) : Optional.empty();
    }

    /** What was sent in time, and never heard of again, does not get too old. */
    private boolean isToBeSentAgain(LeftOut reason, RecordingFile file, FileVersion version) {
        return reason == LeftOut.TOO_OLD
                && !pbx.announceAgain().isZero()
                && ledger.find(file.origin())
                        .filter(entry -> entry.isOf(version) && isOverdue(entry))
                        .isPresent();
    }

    private boolean isKnown(RecordingFile file, FileVersion version) {
        return announcer.isOnItsWay(file.origin())
                || ledger.find(file.origin())
                        .filter(entry -> entry.isOf(version) && !isOverdue(entry))
                        .isPresent();
    }

    private boolean isOverdue(LedgerEntry entry) {
        return entry.state() == LedgerEntry.State.ANNOUNCED
                && !pbx.announceAgain().isZero()
                && clock.millis() - entry.at() > pbx.announceAgain().toMillis();
    }

    private void settle() throws InterruptedException {
        for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
            long left = pbx.pace().stability().toNanos() - (System.nanoTime() - next.since());
            running.pause(left);
            take(next);
        }
    }

    private void take(Waiting next) throws InterruptedException {
        try {
            takeIfSame(next.file(), next.version());
        } catch (NoSuchFileException e) {
            return; // renamed or deleted since: the next scan sees what became of it
        } catch (IOException e) {
            seen.leaveOut(LeftOut.UNREADABLE);
            troubles.note(next.file().origin(), "a recording cannot be read", e);
        }
    }

    private void takeIfSame(RecordingFile file, FileVersion version) throws IOException, InterruptedException {
        if (!file.version().equals(version)) {
            seen.leaveOut(LeftOut.TOO_YOUNG);
            return;
        }
        file.open().close(); // whether it may be read
        Audio audio = Audio.of(file.path(), version.size());
        Instant now = clock.instant();
        Optional<LeftOut> reason = pbx.filter().judge(audio, version, now);
        if (reason.isPresent()) {
            seen.leaveOut(reason.get());
            if (reason.get() == LeftOut.TOO_SHORT) {
                tooShort.put(file.origin(), version);
            }
        } else {
            announcer.announce(new FoundRecording(file, version, audio));
        }
    }
}
