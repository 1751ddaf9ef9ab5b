package com.sipstack.asterisk.source.recording;

import com.sipstack.asterisk.source.recording.LedgerEntry.State;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves or deletes files that were accepted, if they are still what was accepted. Each step can be repeated: a crash at any point leaves
 * the file where it was, or where it belongs. For the PBX's thread.
 */
final class Afterwards {
    private static final Logger LOG = LoggerFactory.getLogger(Afterwards.class);
    private static final int AT_ONCE = 500;
    /** A mount that cannot be written to says so of every file. */
    private static final int MOST_FAULTS = 10;

    private final PbxRecordingsConfig pbx;
    private final Roots roots;
    private final Ledger ledger;
    private final RecordingCounters counters;
    private final Running running;
    /** Where to go on, so that files that cannot be moved keep no others waiting. */
    private String cursor;

    private String lastFault = "";

    Afterwards(PbxRecordingsConfig pbx, Roots roots, Ledger ledger, RecordingCounters counters, Running running) {
        this.pbx = pbx;
        this.roots = roots;
        this.ledger = ledger;
        this.counters = counters;
        this.running = running;
    }

    /** Does what is due. */
    void work() throws InterruptedException {
        int faults = 0;
        List<String> due = ledger.due(cursor, AT_ONCE);
        while (!due.isEmpty() && faults < MOST_FAULTS) {
            for (String origin : due) {
                running.require();
                faults += finish(origin) ? 0 : 1;
                cursor = origin;
            }
            due = ledger.due(cursor, AT_ONCE);
        }
        if (due.isEmpty()) {
            cursor = null;
        }
        tell(faults);
    }

    /** False if it must be tried again. */
    private boolean finish(String origin) {
        Optional<LedgerEntry> entry = ledger.find(origin).filter(known -> known.state() == State.ACCEPTED);
        Optional<RecordingFile> file = roots.file(origin);
        if (entry.isPresent() && pbx.afterUpload() != AfterUpload.KEEP) {
            if (file.isEmpty()) {
                return true; // its root is not there now: it stays due
            }
            try {
                finish(file.get(), entry.get());
            } catch (NoSuchFileException e) {
                LOG.debug("PBX {}: {} is gone already", pbx.pbx(), origin);
            } catch (IOException e) {
                return failed(origin, e);
            }
        }
        ledger.done(origin);
        return true;
    }

    private void finish(RecordingFile file, LedgerEntry entry) throws IOException {
        FileVersion version = file.version();
        if (!entry.isOf(version) || !isWhatWasSent(file, entry)) {
            LOG.debug("PBX {}: {} has changed since it was sent, and is left alone", pbx.pbx(), file.origin());
            return;
        }
        if (pbx.afterUpload() == AfterUpload.DELETE) {
            Files.delete(file.path());
        } else {
            move(file, version);
        }
        counters.fileFinished();
    }

    /** Where the ledger was lost, nobody knows the size any more: then the receipt's hash tells. */
    private static boolean isWhatWasSent(RecordingFile file, LedgerEntry entry) throws IOException {
        return entry.size() != LedgerEntry.UNKNOWN_SIZE || entry.sha256().equals(sha256(file));
    }

    private static void move(RecordingFile file, FileVersion version) throws IOException {
        Path folder = Files.createDirectories(file.path().resolveSibling(FolderWalk.PROCESSED));
        try {
            Files.move(file.path(), folder.resolve(file.name()));
        } catch (FileAlreadyExistsException e) {
            Files.move(file.path(), folder.resolve(file.name() + "." + version.modified()));
        }
    }

    private boolean failed(String origin, IOException fault) {
        LOG.debug("PBX {}: {} cannot be put away", pbx.pbx(), origin, fault);
        lastFault = fault.getClass().getSimpleName();
        return false;
    }

    private void tell(int faults) {
        boolean isReadOnly = faults > 0;
        if (isReadOnly && !counters.isReadOnly()) {
            LOG.warn(
                    "PBX {}: accepted recordings cannot be moved or deleted ({}) and stay where they are; none is sent twice",
                    pbx.pbx(),
                    lastFault);
        }
        counters.foundReadOnly(isReadOnly);
    }

    private static String sha256(RecordingFile file) throws IOException {
        try (InputStream content = Channels.newInputStream(file.open());
                DigestInputStream hashed = new DigestInputStream(content, MessageDigest.getInstance("SHA-256"))) {
            hashed.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(hashed.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
