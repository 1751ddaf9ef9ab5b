package com.sipstack.asterisk.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/**
 * Sends audio from the disk, a piece at a time. If it turns out not to be what was announced, the request ends before its last byte,
 * so that the API has nothing of it.
 */
final class AudioBody extends RequestBody {
    private static final int PIECE = 64 * 1024;
    private static final Map<String, MediaType> TYPES = Map.of(
            "wav", MediaType.get("audio/wav"),
            "wav49", MediaType.get("audio/wav"),
            "mp3", MediaType.get("audio/mpeg"),
            "gsm", MediaType.get("audio/gsm"),
            "ogg", MediaType.get("audio/ogg"),
            "opus", MediaType.get("audio/ogg"));
    private static final MediaType OTHER = MediaType.get("application/octet-stream");

    private final Audio audio;
    private final MediaType type;
    private final String place;
    private volatile AudioException fault;
    private volatile String sha256;

    /** @param fileName which says what kind of audio it is */
    AudioBody(Audio audio, String fileName, String place) {
        this.audio = audio;
        this.place = place;
        String extension = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        this.type = TYPES.getOrDefault(extension, OTHER);
    }

    /** Why it could not be read to its end; empty if it could, or if nobody tried. */
    Optional<AudioException> fault() {
        return Optional.ofNullable(fault);
    }

    /** Of what was sent; null before its end. */
    String sentSha256() {
        return sha256;
    }

    @Override
    public MediaType contentType() {
        return type;
    }

    @Override
    public long contentLength() {
        return audio.bytes();
    }

    /** It is long: when to send it again is not for the HTTP client to decide. */
    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        try {
            sha256 = send(sink);
        } catch (AudioException e) {
            fault = e;
            throw e;
        }
    }

    private String send(BufferedSink sink) throws IOException {
        MessageDigest digest = Sha256.digest();
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        for (long position = 0; position < audio.bytes(); position += piece.limit()) {
            read(piece, position);
            digest.update(piece.array(), 0, piece.limit());
            sink.write(piece.array(), 0, piece.limit());
        }
        audio.unchanged().run();
        String sent = HexFormat.of().formatHex(digest.digest());
        if (!audio.sha256().orElse(sent).equals(sent)) {
            throw AudioException.unusable("the audio's sha256 is not the one that was announced", place);
        }
        return sent;
    }

    private void read(ByteBuffer piece, long position) throws AudioException {
        piece.clear().limit((int) Math.min(PIECE, audio.bytes() - position));
        FileChannel content = audio.content();
        try {
            while (piece.hasRemaining()) {
                if (content.read(piece, position + piece.position()) < 0) {
                    throw AudioException.unusable("the recording's file became shorter", place);
                }
            }
        } catch (AudioException e) {
            throw e;
        } catch (IOException e) {
            throw AudioException.away("the audio cannot be read", place, e);
        }
    }
}
