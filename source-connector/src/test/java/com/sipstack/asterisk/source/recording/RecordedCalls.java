package com.sipstack.asterisk.source.recording;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Recordings that a real Asterisk's MixMonitor has written. */
enum RecordedCalls {
    /** Three seconds of an inbound call. */
    ANSWERED("in-16475550101-4165551234-20261121-190557-1795305957.2897.wav"),
    /** A header, and nothing more. */
    UNANSWERED("out-14165550404-104-20261121-185552-1795305352.216.wav");

    private final String file;

    RecordedCalls(String file) {
        this.file = file;
    }

    String fileName() {
        return file;
    }

    byte[] bytes() {
        return bytes(file);
    }

    /** A second and a half of a tone at 8 kHz, which libsndfile 1.2.2 has written: tone-vorbis.ogg, tone-opus.ogg, tone.mp3 or tone.flac. */
    static byte[] tone(String file) {
        return bytes(file);
    }

    private static byte[] bytes(String file) {
        try (InputStream content = RecordedCalls.class.getResourceAsStream("/recordings/" + file)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same as it is while the call lasts: the lengths in the header are not written yet. */
    byte[] whileOpen() {
        byte[] bytes = bytes();
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[4 + i] = 0;
            bytes[40 + i] = 0;
        }
        return bytes;
    }
}
