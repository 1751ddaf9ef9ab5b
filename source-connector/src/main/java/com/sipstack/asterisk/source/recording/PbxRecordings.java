package com.sipstack.asterisk.source.recording;

import com.sipstack.asterisk.source.recording.PbxRecordingsConfig.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that is done for one PBX, turn by turn: open the ledger, wait for the receipts, look for recordings, put away accepted ones. For one thread. */
final class PbxRecordings {
    private static final Logger LOG = LoggerFactory.getLogger(PbxRecordings.class);
    private static final Duration UNTIL_READY = Duration.ofMillis(100);
    private static final Duration UNTIL_OPEN = Duration.ofSeconds(1);
    private static final int FORGET_AT_ONCE = 5000;

    private final PbxRecordingsConfig pbx;
    private final Path state;
    private final boolean hasSent;
    private final Outbox outbox;
    private final ReceiptReader receipts;
    private final Clock clock;
    private final RecordingCounters counters;
    private final Roots roots;
    private final Troubles troubles;
    private final Map<String, FileVersion> tooShort = Troubles.recent();
    private Ledger ledger;
    private Announcer announcer;
    private Afterwards afterwards;
    private LastLook lastLook;
    private ReceiptReader.Follower follower;
    private String forgottenUpTo;
    private String lastFault = "";

    /**
     * @param state folder of the ledgers
     * @param hasSent whether something was ever sent, and so a ledger should be there
     */
    PbxRecordings(
            PbxRecordingsConfig pbx,
            Path state,
            boolean hasSent,
            Outbox outbox,
            ReceiptReader receipts,
            Clock clock,
            RecordingCounters counters) {
        this.pbx = pbx;
        this.state = state;
        this.hasSent = hasSent;
        this.outbox = outbox;
        this.receipts = receipts;
        this.clock = clock;
        this.counters = counters;
        this.roots = new Roots(pbx.pbx(), pbx.roots());
        this.troubles = new Troubles(pbx.pbx(), clock, pbx.pace().interval());
    }

    /**
     * One turn.
     *
     * @return how long to wait before the next
     * @throws InterruptedException if the task is being stopped
     */
    Duration turn() throws InterruptedException {
        if (ledger == null && !isOpened()) {
            return UNTIL_OPEN;
        }
        if (!follower.hasCaughtUp()) {
            return UNTIL_READY; // what was accepted must be known before the first file is sent
        }
        boolean areAllThere = roots.look();
        afterwards.work();
        look(areAllThere);
        forget();
        Pace pace = pbx.pace();
        return pace.interval();
    }

    private void look(boolean areAllThere) throws InterruptedException {
        lastLook.begin();
        PbxScan scan = new PbxScan(pbx, ledger, announcer, troubles, clock, lastLook.at(), outbox.running(), tooShort);
        scan.look(roots.present());
        boolean isWhole = scan.isWhole() && areAllThere;
        counters.scanned(scan.seen(), isWhole);
        lastLook.end(isWhole && counters.leftOut(LeftOut.UNREADABLE) == 0);
    }

    String pbx() {
        return pbx.pbx();
    }

    /** After a turn that nobody foresaw to end as it did. */
    void broke() {
        counters.scanBroke();
    }

    /** Once no turn is under way any more. What Kafka acknowledges later is not remembered. */
    void close() {
        if (ledger != null) {
            receipts.leave(follower);
            ledger.close();
        }
    }

    private boolean isOpened() {
        try {
            ledger = Ledger.open(state, pbx.pbx());
        } catch (IOException e) {
            if (!e.toString().equals(lastFault)) {
                LOG.warn("PBX {}: recordings wait until their ledger can be opened", pbx.pbx(), e);
                lastFault = e.toString();
            }
            return false;
        }
        if (ledger.isNew() && hasSent) {
            LOG.warn(
                    "PBX {}: the ledger of its recordings is lost, or on another worker. The receipts tell what was accepted;"
                            + " what is still on its way is sent again",
                    pbx.pbx());
        }
        announcer = new Announcer(pbx, outbox, ledger, clock, counters, troubles);
        afterwards = new Afterwards(pbx, roots, ledger, counters, outbox.running());
        lastLook = new LastLook(ledger, announcer, counters, clock);
        follower = receipts.follow(pbx.pbx(), pbx.topics().receipts(), ledger, counters);
        return true;
    }

    /** What is older than any file that is taken, and gone. */
    private void forget() {
        forgottenUpTo = ledger.forget(forgottenUpTo, FORGET_AT_ONCE, (origin, entry) -> {
            long modified = TimeUnit.MICROSECONDS.toMillis(entry.modified());
            long age = lastLook.at().toEpochMilli() - Math.max(modified, entry.at());
            Optional<RecordingFile> file = roots.file(origin);
            return age > pbx.filter().maxAge().toMillis()
                    && file.isPresent()
                    && Files.notExists(file.get().path(), LinkOption.NOFOLLOW_LINKS);
        });
    }
}
