package com.sipstack.asterisk.stubapi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;

/** Reads a form as it comes in: fields are kept, of the audio only length and hash, so that it may be as large as it likes. */
final class FormReader extends MultiPart.AbstractPartsListener {
    private static final String AUDIO = "audio";
    private static final int PIECE = 64 * 1024;
    private static final int LARGEST_FIELD = 1024 * 1024;

    private final MessageDigest sha256 = sha256();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final List<String> order = new ArrayList<>();
    private FormAudio audio;
    private long audioBytes;
    private Throwable failure;
    private boolean complete;

    private FormReader() {}

    /**
     * Reads a body to its end.
     *
     * @throws ContractViolation if it is no form, or larger than allowed
     * @throws IOException if the client went away
     */
    static MultipartForm read(InputStream body, String boundary, long limit) throws IOException {
        FormReader reader = new FormReader();
        MultiPart.Parser parser = new MultiPart.Parser(boundary, reader);
        long length = 0;
        for (byte[] piece = body.readNBytes(PIECE); piece.length > 0; piece = body.readNBytes(PIECE)) {
            length += piece.length;
            if (length > limit) {
                throw ContractViolation.of(413, "body: is larger than " + limit + " bytes");
            }
            parser.parse(Content.Chunk.from(ByteBuffer.wrap(piece), false));
        }
        parser.parse(Content.Chunk.EOF);
        return reader.form();
    }

    private MultipartForm form() {
        if (failure != null || !complete) {
            String reason = failure == null ? "it ends too early" : failure.getMessage();
            throw ContractViolation.of(400, "body: is not multipart/form-data: " + reason, failure);
        }
        return new MultipartForm(fields, order, Optional.ofNullable(audio));
    }

    @Override
    public void onPartContent(Content.Chunk chunk) {
        ByteBuffer content = chunk.getByteBuffer();
        if (AUDIO.equals(getName())) {
            audioBytes += content.remaining();
            sha256.update(content);
        } else if (text.size() <= LARGEST_FIELD) {
            byte[] bytes = new byte[content.remaining()];
            content.get(bytes);
            text.writeBytes(bytes);
        }
    }

    @Override
    public void onPart(String name, String fileName, HttpFields headers) {
        order.add(name);
        if (AUDIO.equals(name)) {
            String contentType = headers.get(HttpHeader.CONTENT_TYPE);
            String hash = HexFormat.of().formatHex(sha256.digest());
            audio = new FormAudio(
                    fileName == null ? "" : fileName, contentType == null ? "" : contentType, audioBytes, hash);
        } else {
            fields.put(name, text.toString(StandardCharsets.UTF_8));
        }
        text.reset();
    }

    @Override
    public void onComplete() {
        complete = true;
    }

    @Override
    public void onFailure(Throwable cause) {
        failure = cause;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
