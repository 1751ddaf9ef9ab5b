package com.sipstack.asterisk.source.recording;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jaudiotagger.audio.exceptions.CannotReadException;
import org.jaudiotagger.audio.exceptions.InvalidAudioFrameException;
import org.jaudiotagger.audio.generic.GenericAudioHeader;
import org.jaudiotagger.audio.mp3.MP3AudioHeader;
import org.jaudiotagger.audio.ogg.util.OggInfoReader;
import org.jaudiotagger.audio.wav.WavInfoReader;
import org.jaudiotagger.tag.id3.AbstractID3v2Tag;

/**
 * What a file's header tells of its audio. Tags are never read, nor the audio itself.
 *
 * @param seconds empty if the header does not tell
 * @param isOpen whether the lengths in the header are not written, as of a file that Asterisk has not closed
 */
record Audio(OptionalDouble seconds, boolean isOpen) {
    private static final Audio UNKNOWN = new Audio(OptionalDouble.empty(), false);
    /** 33 bytes for each 20 ms: raw GSM 06.10 has no header. */
    private static final double GSM_BYTES_A_SECOND = 33 * 50;
    /** It has words for each file, about its name too, which are not for a worker's log. Kept, since loggers may be forgotten. */
    private static final Logger LIBRARY = Logger.getLogger("org.jaudiotagger");

    static {
        LIBRARY.setLevel(Level.OFF);
    }

    /** Of what cannot be understood, nothing is known: that is for listeners to judge, not for us. */
    static Audio of(Path path, long size) {
        try {
            return switch (RecordingFilter.extension(path.getFileName().toString())) {
                case "wav", "wav49" -> ofWav(path, size);
                case "mp3" -> ofMp3(path.toFile());
                case "ogg" -> ofOgg(path.toFile());
                case "gsm" -> known(size / GSM_BYTES_A_SECOND);
                default -> UNKNOWN;
            };
        } catch (IOException | CannotReadException | InvalidAudioFrameException | RuntimeException e) {
            return UNKNOWN;
        } catch (OutOfMemoryError e) {
            return UNKNOWN; // a broken header may claim a piece of 2 GB, for which the library makes room at once
        }
    }

    private static Audio ofWav(Path path, long size) throws IOException, CannotReadException {
        Optional<Audio> unwritten = UnwrittenWav.read(path, size);
        if (unwritten.isPresent()) {
            return unwritten.get();
        }
        GenericAudioHeader header = new WavInfoReader("").read(path);
        long there = Math.max(0, size - header.getAudioDataStartPosition());
        return known((double) Math.min(there, header.getAudioDataLength()) / header.getByteRate());
    }

    private static Audio ofMp3(File file) throws IOException, InvalidAudioFrameException {
        return known(new MP3AudioHeader(file, AbstractID3v2Tag.getV2TagSizeIfExists(file)).getPreciseTrackLength());
    }

    private static Audio ofOgg(File file) throws IOException, CannotReadException {
        try (RandomAccessFile content = new RandomAccessFile(file, "r")) {
            return known(new OggInfoReader().read(content).getPreciseTrackLength());
        }
    }

    static Audio known(double seconds) {
        return new Audio(OptionalDouble.of(seconds), false);
    }
}
