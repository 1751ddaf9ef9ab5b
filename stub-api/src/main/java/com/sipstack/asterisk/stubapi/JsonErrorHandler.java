package com.sipstack.asterisk.stubapi;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Says what the server itself refuses, such as a malformed request line, the way the API says it. */
final class JsonErrorHandler extends ErrorHandler {

    @Override
    protected void generateResponse(
            Request request, Response response, int code, String message, Throwable cause, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        byte[] body = ApiAnswer.error(code, String.valueOf(message))
                .body()
                .map(Json::bytes)
                .orElseThrow();
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
