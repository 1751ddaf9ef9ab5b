package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.model.AudioLocation;
import com.sipstack.asterisk.model.Recording;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Puts a recording together from its chunks, as they are read one after the other, others' chunks among them. */
final class ChunkedAudio {
    private final Recording recording;
    private final AudioLocation location;
    private final FileChannel content;
    private final MessageDigest sha256 = Sha256.digest();
    private int chunks;
    private long bytes;

    /** @param content where it is written to, empty */
    ChunkedAudio(Recording recording, FileChannel content) {
        this.recording = recording;
        this.location = recording.audio();
        this.content = content;
    }

    /** Takes a record in, if it is a chunk of this recording that is not here yet. */
    void add(ConsumerRecord<byte[], byte[]> record) throws AudioException {
        if (!location.audioId().equals(header(record, AudioLocation.ID_HEADER))) {
            return;
        }
        int number = number(record);
        if (number > chunks || record.value() == null) {
            throw unusable("chunk " + chunks + " of the audio is missing");
        }
        if (number == chunks) {
            write(record.value());
            chunks++;
        }
    }

    private int number(ConsumerRecord<byte[], byte[]> record) throws AudioException {
        try {
            return Integer.parseInt(header(record, AudioLocation.CHUNK_HEADER));
        } catch (NumberFormatException e) {
            throw unusable("a chunk of the audio has no number");
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private void write(byte[] chunk) throws AudioException {
        if (bytes + chunk.length > recording.fileSize()) {
            throw unusable("the audio is longer than was announced");
        }
        ByteBuffer left = ByteBuffer.wrap(chunk);
        try {
            while (left.hasRemaining()) {
                content.write(left, bytes + left.position());
            }
        } catch (IOException e) {
            throw AudioException.away("the spool cannot be written", recording.filePath(), e);
        }
        sha256.update(chunk);
        bytes += chunk.length;
    }

    /** To be called after the last record: is it whole? */
    void requireWhole() throws AudioException {
        if (chunks != location.audioChunks()) {
            throw unusable("of the audio's " + location.audioChunks() + " chunks " + chunks + " are there");
        }
        if (bytes != recording.fileSize()) {
            throw unusable("the audio is shorter than was announced");
        }
        if (!HexFormat.of().formatHex(sha256.digest()).equals(recording.sha256())) {
            throw unusable("the audio's sha256 is not the one that was announced");
        }
    }

    private AudioException unusable(String why) {
        return AudioException.unusable(why, recording.filePath());
    }
}
