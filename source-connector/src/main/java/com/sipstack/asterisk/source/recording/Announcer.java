package com.sipstack.asterisk.source.recording;

import com.sipstack.asterisk.model.AudioLocation;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Sends a PBX's recordings: in chunks where that is the transport, then the recording itself, which says where the chunks lie. In the
 * ledger stands what Kafka has acknowledged. For the PBX's thread; acknowledgements come on the producer's.
 */
final class Announcer {
    private final PbxRecordingsConfig pbx;
    private final Outbox outbox;
    private final Ledger ledger;
    private final Clock clock;
    private final RecordingCounters counters;
    private final Troubles troubles;
    private final RecordingRecords records;
    private final Set<String> onTheirWay = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<AudioSending> arrived = new LinkedBlockingQueue<>();
    /** Sendings whose recording is still to be sent. */
    private int open;

    Announcer(
            PbxRecordingsConfig pbx,
            Outbox outbox,
            Ledger ledger,
            Clock clock,
            RecordingCounters counters,
            Troubles troubles) {
        this.pbx = pbx;
        this.outbox = outbox;
        this.ledger = ledger;
        this.clock = clock;
        this.counters = counters;
        this.troubles = troubles;
        this.records = new RecordingRecords(pbx, clock);
    }

    boolean isOnItsWay(String origin) {
        return onTheirWay.contains(origin);
    }

    /** Whether Kafka has all that was sent. */
    boolean isIdle() {
        return onTheirWay.isEmpty();
    }

    /** @throws IOException if the file is no longer what was found; then it is to be found again */
    void announce(FoundRecording found) throws IOException, InterruptedException {
        onTheirWay.add(found.origin());
        if (pbx.transport() == Transport.REFERENCE) {
            send(found, null, AudioLocation.NONE);
        } else {
            sendAudio(found);
        }
    }

    /** Tells of a file that nobody can be told of otherwise. */
    void writeLetter(RecordingFile file, FileVersion version, String reason) throws InterruptedException {
        onTheirWay.add(file.origin());
        outbox.send(records.letter(file, version, reason), where -> {
            where.ifPresent(ignored -> {
                ledger.givenUp(file.origin(), version, clock.millis());
                counters.letterWritten();
            });
            onTheirWay.remove(file.origin());
        });
    }

    /** Sends the recordings whose audio has arrived, and waits for those whose audio is on its way. */
    void finish() throws InterruptedException {
        while (open > 0) {
            AudioSending next = arrived.poll(Running.GLANCE.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                outbox.running().require();
            } else {
                sendRecording(next);
            }
        }
    }

    private void sendArrived() throws InterruptedException {
        for (AudioSending next = arrived.poll(); next != null; next = arrived.poll()) {
            sendRecording(next);
        }
    }

    private void sendRecording(AudioSending sending) throws InterruptedException {
        open--;
        FoundRecording found = sending.found();
        Optional<AudioLocation> location = sending.location();
        if (location.isPresent()) {
            send(found, sending.sha256(), location.get());
        } else {
            abandon(
                    found,
                    "not all of a recording's audio arrived",
                    new IOException("chunks were dropped or went astray"));
        }
    }

    private void send(FoundRecording found, String sha256, AudioLocation audio) throws InterruptedException {
        SourceRecord record = records.recording(found, sha256, audio);
        outbox.send(record, where -> acknowledged(found, where));
    }

    private void acknowledged(FoundRecording found, Optional<RecordMetadata> where) {
        if (where.isPresent()) {
            ledger.announced(found.origin(), found.version(), clock.millis());
            counters.recordingAnnounced();
            onTheirWay.remove(found.origin());
        } else {
            abandon(found, "a recording was not taken", new IOException("dropped by a transformation or Kafka"));
        }
    }

    private void sendAudio(FoundRecording found) throws IOException, InterruptedException {
        AudioSending sending = new AudioSending(found, arrived::add);
        try (SeekableByteChannel channel = found.file().open()) {
            MessageDigest hash = sha256();
            long size = found.version().size();
            for (long at = 0; at < size; at += pbx.chunkBytes()) {
                sendArrived();
                sendChunk(sending, channel, (int) Math.min(pbx.chunkBytes(), size - at), hash);
            }
            if (!found.file().version().equals(found.version())) {
                throw new IOException("changed while it was sent");
            }
            open++;
            sending.whole(HexFormat.of().formatHex(hash.digest()));
        } catch (IOException | RuntimeException e) {
            counters.sendingAbandoned();
            onTheirWay.remove(found.origin());
            throw e;
        }
    }

    private void sendChunk(AudioSending sending, SeekableByteChannel channel, int size, MessageDigest hash)
            throws IOException, InterruptedException {
        outbox.takeRoom(size);
        byte[] bytes;
        try {
            bytes = read(channel, size);
        } catch (IOException | RuntimeException | Error e) {
            outbox.giveRoom(size);
            throw e;
        }
        hash.update(bytes);
        counters.audioRead(size);
        outbox.send(records.chunk(sending.id(), sending.nextNumber(), bytes), where -> {
            outbox.giveRoom(size);
            sending.acknowledged(where);
        });
    }

    private static byte[] read(SeekableByteChannel channel, int size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(size);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("was cut short while it was sent");
            }
        }
        return buffer.array();
    }

    private void abandon(FoundRecording found, String what, IOException fault) {
        counters.sendingAbandoned();
        troubles.note(found.origin(), what, fault);
        onTheirWay.remove(found.origin());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
