package com.sipstack.asterisk.stubapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.Optional;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP server: HTTP/1.1 and HTTP/2 on one port; without TLS by prior knowledge or upgrade, with TLS as the client asks for it
 * (ALPN).
 */
final class StubServer implements AutoCloseable {
    private final Server server;
    private final ServerConnector connector;

    private StubServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /** @throws UncheckedIOException if the address cannot be listened on, with a message for people */
    static StubServer start(String bind, int port, Optional<StubTls> tls, Handler handler) {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("stub-api");
        threads.setDaemon(true);
        Server server = new Server(threads);
        ServerConnector connector = connector(server, bind, port, tls);
        server.addConnector(connector);
        server.setHandler(handler);
        server.setErrorHandler(new JsonErrorHandler());
        StubServer stub = new StubServer(server, connector);
        stub.start();
        return stub;
    }

    private static ServerConnector connector(Server server, String bind, int port, Optional<StubTls> tls) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // a client may assign any text as linkedid, so that %2F and %25 stand in the path of one call
        http.setUriCompliance(UriCompliance.DEFAULT.with(
                "stub", Violation.AMBIGUOUS_PATH_SEPARATOR, Violation.AMBIGUOUS_PATH_ENCODING));
        ServerConnector connector = new ServerConnector(
                server, tls.map(secure -> secure(http, secure)).orElseGet(() -> plain(http)));
        connector.setHost(bind);
        connector.setPort(port);
        return connector;
    }

    private static ConnectionFactory[] plain(HttpConfiguration http) {
        return new ConnectionFactory[] {new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http)};
    }

    private static ConnectionFactory[] secure(HttpConfiguration http, StubTls tls) {
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setSslContext(tls.context());
        ssl.setNeedClientAuth(tls.clientsKnown());
        // An address is no name, and it is addresses that a stub is reached by
        http.addCustomizer(new SecureRequestCustomizer(false));
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol("http/1.1");
        return new ConnectionFactory[] {
            new SslConnectionFactory(ssl, alpn.getProtocol()),
            alpn,
            new HTTP2ServerConnectionFactory(http),
            new HttpConnectionFactory(http)
        };
    }

    private void start() {
        try {
            connector.open();
            server.start();
        } catch (IOException e) {
            close();
            throw cannotListen(e);
        } catch (Exception e) {
            close();
            throw new IllegalStateException("The stub API cannot start", e);
        }
    }

    private UncheckedIOException cannotListen(IOException cause) {
        String where = connector.getHost() + ":" + connector.getPort();
        boolean inUse = cause.getCause() instanceof BindException bind
                && String.valueOf(bind.getMessage()).contains("in use");
        String reason = inUse
                ? "port " + connector.getPort() + " is in use"
                : "cannot listen on " + where + ": " + cause.getMessage();
        return new UncheckedIOException(new IOException(reason, cause));
    }

    int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The stub API cannot stop", e);
        }
    }
}
