package com.sipstack.asterisk.sink;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;

/** A body that is packed while it is sent. */
final class PackedBody extends RequestBody {
    private final RequestBody body;

    PackedBody(RequestBody body) {
        this.body = body;
    }

    @Override
    public MediaType contentType() {
        return body.contentType();
    }

    @Override
    public boolean isOneShot() {
        return body.isOneShot();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        BufferedSink packed = Okio.buffer(new GzipSink(sink));
        // Not closed where it fails: the trailer would make a whole of what is not
        body.writeTo(packed);
        packed.close();
    }
}
