package com.sipstack.asterisk.source.recording;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Map;
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
    /** A year: no call lasts as long. */
    private static final double MOST_SECONDS = 366 * 86_400;
    /** Of formats without header, by the extensions that Asterisk's formats/format_*.c give them. */
    private static final Map<String, Integer> BYTES_A_SECOND = Map.ofEntries(
            Map.entry("gsm", 33 * 50),
            Map.entry("ulaw", 8000),
            Map.entry("ul", 8000),
            Map.entry("mu", 8000),
            Map.entry("ulw", 8000),
            Map.entry("pcm", 8000),
            Map.entry("alaw", 8000),
            Map.entry("al", 8000),
            Map.entry("alw", 8000),
            Map.entry("g722", 8000),
            Map.entry("g729", 1000),
            Map.entry("sln", 16_000),
            Map.entry("raw", 16_000),
            Map.entry("sln12", 24_000),
            Map.entry("sln16", 32_000),
            Map.entry("sln24", 48_000),
            Map.entry("sln32", 64_000),
            Map.entry("sln44", 88_200),
            Map.entry("sln48", 96_000),
            Map.entry("sln96", 192_000),
            Map.entry("sln192", 384_000));
    /** It has words for each file, about its name too, which are not for a worker's log. Kept, since loggers may be forgotten. */
    private static final Logger LIBRARY = Logger.getLogger("org.jaudiotagger");

    static {
        LIBRARY.setLevel(Level.OFF);
    }

    /** Of what cannot be understood, nothing is known: that is for listeners to judge, not for us. */
    static Audio of(Path path, long size) {
        try {
            String extension = RecordingFilter.extension(path.getFileName().toString());
            return switch (extension) {
                case "wav", "wav49" -> ofWav(path, size);
                case "mp3" -> ofMp3(path.toFile());
                case "ogg" -> ofOgg(path.toFile());
                default -> ofHeaderless(extension, size);
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

    private static Audio ofHeaderless(String extension, long size) {
        Integer rate = BYTES_A_SECOND.get(extension);
        return rate == null ? UNKNOWN : known((double) size / rate);
    }

    private static Audio ofMp3(File file) throws IOException, InvalidAudioFrameException {
        return known(new MP3AudioHeader(file, AbstractID3v2Tag.getV2TagSizeIfExists(file)).getPreciseTrackLength());
    }

    private static Audio ofOgg(File file) throws IOException, CannotReadException {
        try (RandomAccessFile content = new RandomAccessFile(file, "r")) {
            return known(new OggInfoReader().read(content).getPreciseTrackLength());
        }
    }

    /** A header may be damaged: no length is better than one that cannot be. */
    private static Audio known(double seconds) {
        return seconds >= 0 && seconds < MOST_SECONDS ? new Audio(OptionalDouble.of(seconds), false) : UNKNOWN;
    }
}
