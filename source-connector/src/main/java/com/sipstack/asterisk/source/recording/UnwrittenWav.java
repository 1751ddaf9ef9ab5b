package com.sipstack.asterisk.source.recording;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A wav without lengths in its header: Asterisk's format_wav.c and format_wav_gsm.c write them when they close the file. Libraries take
 * it for broken, but until the call ends, and after a crash, its size tells what they do not.
 */
final class UnwrittenWav {
    private static final int BYTES_A_SECOND = 28;
    /** Where the piece with the audio begins in headers of the one and of the other. */
    private static final List<Integer> DATA = List.of(36, 52);

    private static final int LARGEST = 60;

    private UnwrittenWav() {}

    /** Empty if it has a length, or is no wav of Asterisk's. */
    static Optional<Audio> read(Path path, long size) throws IOException {
        byte[] head = new byte[LARGEST];
        try (InputStream content = Files.newInputStream(path)) {
            content.readNBytes(head, 0, LARGEST);
        }
        ByteBuffer header = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        int rate = header.getInt(BYTES_A_SECOND);
        return DATA.stream()
                .filter(at -> is(head, 0, "RIFF") && is(head, at, "data") && header.getInt(at + 4) == 0 && rate > 0)
                .findFirst()
                .map(at -> audio(Math.max(0, size - at - 8), rate));
    }

    private static Audio audio(long length, int rate) {
        return new Audio(OptionalDouble.of((double) length / rate), length > 0);
    }

    private static boolean is(byte[] head, int at, String word) {
        return Arrays.equals(head, at, at + word.length(), word.getBytes(US_ASCII), 0, word.length());
    }
}
