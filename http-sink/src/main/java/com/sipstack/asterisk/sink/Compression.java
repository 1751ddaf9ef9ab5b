package com.sipstack.asterisk.sink;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.ByteString;
import okio.GzipSink;
import okio.Okio;
import org.apache.kafka.common.config.ConfigDef;

/** How bodies of requests are packed. */
enum Compression {
    NONE {
        @Override
        ByteString encode(ByteString body) {
            return body;
        }

        @Override
        RequestBody pack(RequestBody body) {
            return body;
        }

        @Override
        Optional<String> encoding() {
            return Optional.empty();
        }
    },
    GZIP {
        @Override
        ByteString encode(ByteString body) {
            Buffer packed = new Buffer();
            try (BufferedSink gzip = Okio.buffer(new GzipSink(packed))) {
                gzip.write(body);
            } catch (IOException e) {
                throw new IllegalStateException("a body in memory cannot be compressed", e);
            }
            return packed.readByteString();
        }

        @Override
        RequestBody pack(RequestBody body) {
            return new PackedBody(body);
        }

        @Override
        Optional<String> encoding() {
            return Optional.of("gzip");
        }
    };

    /** Packs a body; the length of a large one is then not told, for it is packed while it is sent. */
    abstract RequestBody pack(RequestBody body);

    static Compression of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    static ConfigDef.Validator validator() {
        return ConfigDef.ValidString.in(
                Stream.of(values()).map(Compression::label).toArray(String[]::new));
    }

    /** As it is written in configurations. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    abstract ByteString encode(ByteString body);

    /** The {@code Content-Encoding}. */
    abstract Optional<String> encoding();
}
