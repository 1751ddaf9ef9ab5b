package com.sipstack.asterisk.source.recording;

import com.sipstack.asterisk.model.RecordingReceipt;
import com.sipstack.asterisk.source.recording.LedgerEntry.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiPredicate;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was done with a PBX's files, by path, on the worker's disk: a mount that cannot be written to needs it, and so does every restart.
 * It can be lost, since the receipts tell most of it again. Of a few megabytes of memory, however many files there are. Thread-safe.
 */
final class Ledger implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final int CACHE_MEGABYTES = 2;
    private static final String NEXT_RECEIPT = "next";
    private static final String LAST_LOOK = "last";

    private final MVStore store;
    private final MVMap<String, byte[]> files;
    /** Files that were accepted, with which something is to be done. */
    private final MVMap<String, Long> due;

    private final MVMap<String, Long> receipts;
    private final MVMap<String, Long> looks;

    private Ledger(MVStore store) {
        this.store = store;
        this.files = store.openMap("files");
        this.due = store.openMap("due");
        this.receipts = store.openMap("receipts");
        this.looks = store.openMap("looks");
    }

    /**
     * Opens the ledger of a PBX, or begins one. One that is damaged is put aside.
     *
     * @throws IOException if the folder cannot be written to, or another task has the ledger
     */
    static Ledger open(Path folder, String pbx) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(pbx + ".recordings");
        try {
            return open(file);
        } catch (MVStoreException e) {
            if (e.getErrorCode() != DataUtils.ERROR_FILE_CORRUPT) {
                throw new IOException("ledger " + file + " cannot be opened: " + e.getMessage(), e);
            }
            LOG.warn("PBX {}: ledger {} is damaged and put aside; receipts will tell it again", pbx, file, e);
            Files.move(file, folder.resolve(pbx + ".recordings.damaged"), StandardCopyOption.REPLACE_EXISTING);
            return open(file);
        }
    }

    private static Ledger open(Path file) {
        return new Ledger(new MVStore.Builder()
                .fileName(file.toString())
                .cacheSize(CACHE_MEGABYTES)
                .autoCommitBufferSize(1024)
                .open());
    }

    Optional<LedgerEntry> find(String origin) {
        return Optional.ofNullable(files.get(origin)).map(LedgerEntry::fromBytes);
    }

    /** Kafka has acknowledged the recording. A receipt may have been faster. */
    void announced(String origin, FileVersion version, long now) {
        put(origin, new LedgerEntry(State.ANNOUNCED, version.size(), version.modified(), now, ""));
    }

    void givenUp(String origin, FileVersion version, long now) {
        put(origin, new LedgerEntry(State.GIVEN_UP, version.size(), version.modified(), now, ""));
    }

    /** @param next offset of the receipt after it */
    synchronized void received(RecordingReceipt receipt, long next) {
        long modified = receipt.position();
        boolean isOutdated = find(receipt.origin())
                .filter(known -> known.modified() > modified)
                .isPresent();
        if (!isOutdated) {
            put(receipt.origin(), entry(receipt));
        }
        receivedUpTo(next);
    }

    private static LedgerEntry entry(RecordingReceipt receipt) {
        boolean isAccepted = receipt.outcome() == RecordingReceipt.Outcome.ACCEPTED;
        return new LedgerEntry(
                isAccepted ? State.ACCEPTED : State.GIVEN_UP,
                LedgerEntry.UNKNOWN_SIZE,
                receipt.position(),
                receipt.at() / 1000,
                receipt.sha256() == null ? "" : receipt.sha256());
    }

    private synchronized void put(String origin, LedgerEntry entry) {
        if (store.isClosed()) {
            return; // acknowledged after the task was stopped: the next one sends it again
        }
        if (entry.state() == State.ACCEPTED) {
            due.put(origin, entry.modified()); // first: a crash in between makes it due twice, and never not at all
        }
        LedgerEntry known = find(origin)
                .filter(before -> before.modified() == entry.modified())
                .orElse(entry);
        files.put(origin, known.and(entry).toBytes());
    }

    synchronized void receivedUpTo(long next) {
        if (!store.isClosed()) {
            receipts.put(NEXT_RECEIPT, next);
        }
    }

    /** Offset of the first receipt that was not read yet. */
    long nextReceipt() {
        return receipts.getOrDefault(NEXT_RECEIPT, 0L);
    }

    /** All was seen that was there at this time, and Kafka has it. UTC milliseconds since 1970. */
    synchronized void looked(long at) {
        if (!store.isClosed()) {
            looks.put(LAST_LOOK, at);
        }
    }

    /** Empty if that was never said. */
    OptionalLong lastLook() {
        Long at = looks.get(LAST_LOOK);
        return at == null ? OptionalLong.empty() : OptionalLong.of(at);
    }

    /** Whether nothing was ever written here. */
    boolean isNew() {
        return receipts.isEmpty() && files.isEmpty();
    }

    /** Paths with which something is to be done, after a given one; null begins at the first. Never before the ledger says what. */
    synchronized List<String> due(String after, int most) {
        List<String> found = new ArrayList<>();
        Iterator<String> keys = due.keyIterator(after);
        while (keys.hasNext() && found.size() < most) {
            String key = keys.next();
            if (!key.equals(after)) {
                found.add(key);
            }
        }
        return found;
    }

    void done(String origin) {
        due.remove(origin);
    }

    /**
     * Forgets files, some at each call.
     *
     * @param after where the last call stopped; null begins at the first
     * @return where this one stopped; null at the end
     */
    String forget(String after, int most, BiPredicate<String, LedgerEntry> isForgotten) {
        String last = null;
        Iterator<String> keys = files.keyIterator(after);
        for (int i = 0; i < most && keys.hasNext(); i++) {
            last = keys.next();
            if (isForgotten.test(last, find(last).orElseThrow())) {
                files.remove(last);
                due.remove(last);
            }
        }
        return keys.hasNext() ? last : null;
    }

    long size() {
        return files.sizeAsLong();
    }

    @Override
    public synchronized void close() {
        try {
            store.close();
        } catch (MVStoreException e) {
            throw new UncheckedIOException(new IOException("ledger cannot be closed: " + e.getMessage(), e));
        }
    }
}
