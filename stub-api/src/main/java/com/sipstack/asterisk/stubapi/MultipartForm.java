package com.sipstack.asterisk.stubapi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.util.Attributes;

/** A form with one audio file in it, which was read and is forgotten but for its length and hash. */
final class MultipartForm {
    private static final String AUDIO = "audio";

    // the body's size was checked when it was read
    private static final MultiPartConfig IN_MEMORY = new MultiPartConfig.Builder()
            .maxSize(-1)
            .maxPartSize(-1)
            .maxMemoryPartSize(-1)
            .build();

    private final Map<String, String> fields = new LinkedHashMap<>();
    private final ReceivedUpload upload;
    private final boolean audioLast;

    private MultipartForm(String path, MultiPartFormData.Parts parts) throws IOException {
        MultiPart.Part audio = parts.getFirst(AUDIO);
        if (audio == null) {
            throw ContractViolation.ofField(AUDIO, "is required");
        }
        for (MultiPart.Part part : parts) {
            if (!part.equals(audio)) {
                fields.put(part.getName(), part.getContentAsString(StandardCharsets.UTF_8));
            }
        }
        audioLast = parts.get(parts.size() - 1).equals(audio);
        upload = upload(path, audio);
    }

    /** @throws ContractViolation if the body is no form, or has no audio */
    static MultipartForm of(ApiRequest request) {
        var body = new ByteBufferContentSource(ByteBuffer.wrap(request.body()));
        String contentType = request.header(HttpHeader.CONTENT_TYPE.asString()).orElseThrow();
        try (var parts = MultiPartFormData.getParts(body, new Attributes.Mapped(), contentType, IN_MEMORY)) {
            return new MultipartForm(request.path(), parts);
        } catch (ContractViolation e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw ContractViolation.of(400, "body: is not multipart/form-data: " + e.getMessage(), e);
        }
    }

    private ReceivedUpload upload(String path, MultiPart.Part audio) throws IOException {
        MessageDigest sha256 = sha256();
        try (InputStream in = Content.Source.asInputStream(audio.getContentSource())) {
            sha256.update(in.readAllBytes());
        }
        String fileName = audio.getFileName() == null ? "" : audio.getFileName();
        String contentType = audio.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return new ReceivedUpload(
                Instant.now(),
                path,
                fields,
                fileName,
                contentType == null ? "" : contentType,
                audio.getLength(),
                HexFormat.of().formatHex(sha256.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    String requiredField(String name) {
        String value = fields.get(name);
        if (value == null || value.isBlank()) {
            throw ContractViolation.ofField(name, "is required");
        }
        return value;
    }

    String field(String name, String otherwise) {
        return fields.getOrDefault(name, otherwise);
    }

    void requireAudioLast() {
        if (!audioLast) {
            throw ContractViolation.ofField(AUDIO, "is not the last part");
        }
    }

    ReceivedUpload upload() {
        return upload;
    }
}
