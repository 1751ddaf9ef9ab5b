package com.sipstack.asterisk.stubapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.util.Fields;

/**
 * A request that was read to its end, or to just beyond the size limit. The body is decoded when asked for; what is wrong
 * with it is then a {@link ContractViolation}.
 */
final class ApiRequest {
    private static final int LONGEST_EXCERPT = 64 * 1024;

    private final String method;
    private final String path;
    private final HttpFields headers;
    private final Fields query;
    private final byte[] content;
    private final int bodyLimit;
    private final Supplier<MultipartForm> form;

    ApiRequest(String method, String path, HttpFields headers, Fields query, byte[] content, int bodyLimit) {
        this(method, path, headers, query, content, bodyLimit, () -> {
            throw ContractViolation.of(400, "body: is not multipart/form-data");
        });
    }

    private ApiRequest(
            String method,
            String path,
            HttpFields headers,
            Fields query,
            byte[] content,
            int bodyLimit,
            Supplier<MultipartForm> form) {
        this.method = method;
        this.path = path;
        this.headers = headers;
        this.query = query;
        this.content = content;
        this.bodyLimit = bodyLimit;
        this.form = form;
    }

    /** The same request, with a form that was read from its body. */
    ApiRequest withForm(MultipartForm read) {
        return new ApiRequest(method, path, headers, query, content, bodyLimit, () -> read);
    }

    /** The same request, without a form that could be read. */
    ApiRequest without(ContractViolation violation) {
        return new ApiRequest(method, path, headers, query, content, bodyLimit, () -> {
            throw violation;
        });
    }

    /** What stands between the parts of a form. */
    String boundary() {
        return header(HttpHeader.CONTENT_TYPE.asString())
                .map(MultiPart::extractBoundary)
                .orElseThrow(() -> ContractViolation.of(400, "Content-Type: has no boundary"));
    }

    /** A body as it was before it was packed. */
    InputStream decoded(InputStream body) throws IOException {
        return switch (encoding()) {
            case "identity" -> body;
            case "gzip" -> new GZIPInputStream(body);
            default -> throw unknownEncoding();
        };
    }

    private String encoding() {
        return header(HttpHeader.CONTENT_ENCODING.asString())
                .orElse("identity")
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private ContractViolation unknownEncoding() {
        return ContractViolation.of(415, "Content-Encoding: " + encoding() + " is neither gzip nor identity");
    }

    MultipartForm form() {
        return form.get();
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    Optional<String> queryParameter(String name) {
        return Optional.ofNullable(query.getValue(name));
    }

    /** The decoded body. Never mutated by anyone. */
    byte[] body() {
        requireWithinLimit(content);
        return switch (encoding()) {
            case "identity" -> content;
            case "gzip" -> unzipped();
            default -> throw unknownEncoding();
        };
    }

    String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ContractViolation.of(400, "body: is not UTF-8", e);
        }
    }

    JsonNode json() {
        try {
            JsonNode root = Json.MAPPER.readTree(text());
            if (root.isMissingNode()) {
                throw ContractViolation.of(400, "body: is empty, JSON is required");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw ContractViolation.of(400, "body: is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** True if the body, or a record in it, belongs to this call. A body that cannot be read belongs to none. */
    boolean isAbout(String linkedid) {
        try {
            return json().findValuesAsText("linkedid").contains(linkedid);
        } catch (ContractViolation notJson) {
            return false;
        }
    }

    /** The beginning of the body as text, for a person to look at. */
    String excerpt() {
        byte[] readable = readable();
        int length = Math.min(readable.length, LONGEST_EXCERPT);
        return new String(readable, 0, length, StandardCharsets.UTF_8);
    }

    private byte[] readable() {
        try {
            return body();
        } catch (ContractViolation undecodable) {
            return content;
        }
    }

    private byte[] unzipped() {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return requireWithinLimit(in.readNBytes(bodyLimit + 1));
        } catch (IOException e) {
            throw ContractViolation.of(400, "body: is not gzip as Content-Encoding says", e);
        }
    }

    private byte[] requireWithinLimit(byte[] bytes) {
        if (bytes.length > bodyLimit) {
            throw ContractViolation.of(413, "body: is larger than " + bodyLimit + " bytes");
        }
        return bytes;
    }
}
