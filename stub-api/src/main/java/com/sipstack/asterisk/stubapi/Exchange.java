package com.sipstack.asterisk.stubapi;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** One request on its connection, to be ended once: by an answer, or by a reset. */
final class Exchange {
    private static final long MOST_TO_DISCARD = 64L * 1024 * 1024;

    private final Request request;
    private final Response response;
    private final Callback callback;

    Exchange(Request request, Response response, Callback callback) {
        this.request = request;
        this.response = response;
        this.callback = callback;
    }

    String path() {
        return request.getHttpURI().getPath();
    }

    /**
     * Reads the body. Of one that is too large, what lies beyond the limit is thrown away, so that a client which sends all
     * before it listens gets to hear of it.
     */
    ApiRequest read(int bodyLimit) throws IOException {
        byte[] content;
        try (InputStream in = Content.Source.asInputStream(request)) {
            content = in.readNBytes(bodyLimit + 1);
            if (content.length > bodyLimit) {
                in.skip(MOST_TO_DISCARD);
            }
        }
        requireWhole(content, bodyLimit);
        return new ApiRequest(
                request.getMethod(),
                path(),
                request.getHeaders(),
                Request.extractQueryParameters(request),
                content,
                bodyLimit);
    }

    /** A client that has gone in the middle of a stream of HTTP/2 looks like one that had no more to say. */
    private void requireWhole(byte[] content, int bodyLimit) throws EOFException {
        if (content.length <= bodyLimit && content.length < request.getLength()) {
            throw new EOFException("the body ends after " + content.length + " of " + request.getLength() + " bytes");
        }
    }

    /** Reads a form as it comes in, whatever its length; what is wrong with it is said when it is asked for. */
    ApiRequest readForm(long bodyLimit) throws IOException {
        ApiRequest head = new ApiRequest(
                request.getMethod(),
                path(),
                request.getHeaders(),
                Request.extractQueryParameters(request),
                new byte[0],
                0);
        try (InputStream in = Content.Source.asInputStream(request)) {
            try {
                return head.withForm(FormReader.read(head.decoded(in), head.boundary(), bodyLimit));
            } catch (ContractViolation violation) {
                in.skip(MOST_TO_DISCARD);
                return head.without(violation);
            }
        }
    }

    boolean isHttp2() {
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
    }

    void send(ApiAnswer answer) {
        response.write(true, ByteBuffer.wrap(begin(answer)), callback);
    }

    /** Sends the body byte by byte. */
    void drip(ApiAnswer answer, Duration total) {
        ByteBuffer body = ByteBuffer.wrap(begin(answer));
        drop(body, total.dividedBy(Math.max(1, body.remaining())));
    }

    private void drop(ByteBuffer body, Duration pause) {
        if (body.remaining() <= 1) {
            response.write(true, body, callback);
            return;
        }
        ByteBuffer one = body.slice(body.position(), 1);
        body.position(body.position() + 1);
        response.write(false, one, Callback.from(() -> later(pause, () -> drop(body, pause)), callback::failed));
    }

    /** Sends half of the body, and a reset in place of the rest. */
    void cut(ApiAnswer answer) {
        byte[] body = begin(answer);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        ByteBuffer half = ByteBuffer.wrap(body, 0, body.length / 2);
        response.write(false, half, Callback.from(this::reset, callback::failed));
    }

    /** Puts status and headers down; returns the body. */
    private byte[] begin(ApiAnswer answer) {
        response.setStatus(answer.status());
        answer.headers().forEach(response.getHeaders()::put);
        if (answer.body().isPresent()) {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        }
        return answer.body().map(Json::bytes).orElse(new byte[0]);
    }

    /** Does this later; until then no thread waits and the connection may be idle for as long. */
    void later(Duration delay, Runnable ending) {
        if (delay.isZero()) {
            ending.run();
            return;
        }
        request.addIdleTimeoutListener(timeout -> false);
        var components = request.getComponents();
        components.getScheduler().schedule(() -> components.getExecutor().execute(ending), delay);
    }

    /** Ends the TCP connection with RST, and with it all that HTTP/2 has going on in it. */
    void reset() {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        if (endPoint instanceof EndPoint.Wrapper tls) {
            endPoint = tls.unwrap();
        }
        try {
            // a close without lingering is what sends RST in place of FIN
            ((SocketChannel) endPoint.getTransport()).setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            fail(e);
            return;
        }
        endPoint.close();
        fail(new EofException("reset by an injected fault"));
    }

    /** Gives up on a client that is gone. */
    void fail(IOException cause) {
        callback.failed(cause);
    }
}
