package com.sipstack.asterisk.assembler.console;

import com.sipstack.asterisk.assembler.console.ConsoleSettings.KeyStoreFile;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the page, what it asks for, and what keeps it up to date. */
final class ConsoleServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ConsoleServer.class);
    private static final int REQUESTS_AT_ONCE = 16;
    private static final String API = "api/";
    /** The setting that names the file. */
    private static final String KEY_STORE = "console.tls.keystore";

    private final HttpServer server;
    private final WatchedPool threads;
    private final Gate gate;
    private final ConsoleApi api;
    private final PageFiles files = new PageFiles();
    private final Viewers viewers;
    private final Function<HttpExchange, Viewer> viewing;
    private final String base;

    private ConsoleServer(
            HttpServer server,
            WatchedPool threads,
            Gate gate,
            ConsoleApi api,
            Viewers viewers,
            Function<HttpExchange, Viewer> viewing,
            String base) {
        this.server = server;
        this.threads = threads;
        this.gate = gate;
        this.api = api;
        this.viewers = viewers;
        this.viewing = viewing;
        this.base = base;
    }

    /**
     * Starts to serve.
     *
     * @param viewing how a page is kept up to date; given what a viewer calls when its page has read something
     * @throws IOException if the address cannot be had; says which
     * @throws ConfigException if the key store cannot be used
     */
    static ConsoleServer start(
            ConsoleSettings settings,
            Gate gate,
            ConsoleApi api,
            Viewers viewers,
            java.util.function.BiFunction<HttpExchange, Runnable, Viewer> viewing)
            throws IOException {
        HttpServer http = bind(settings);
        WatchedPool threads = new WatchedPool("console", settings.mostViewers() + REQUESTS_AT_ONCE);
        ConsoleServer server = new ConsoleServer(
                http,
                threads,
                gate,
                api,
                viewers,
                exchange -> viewing.apply(exchange, threads::alive),
                settings.basePath() + "/");
        http.createContext("/", server::handle);
        http.setExecutor(threads);
        http.start();
        return server;
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Optional<Gate.Refusal> refusal = gate.mayLook(exchange.getRequestHeaders());
            if (refusal.isPresent()) {
                Answer.fault(refusal.get().status(), refusal.get().reason()).send(exchange);
            } else if (path.equals(base + API + "events")) {
                view(exchange);
            } else {
                answer(path, exchange).send(exchange);
            }
        } catch (IOException e) {
            log.debug("Whoever asked has gone", e);
        }
    }

    private Answer answer(String path, HttpExchange exchange) throws IOException {
        if (!path.startsWith(base)) {
            return Answer.notFound("the console is at " + base);
        }
        String name = path.substring(base.length());
        if (!name.startsWith(API)) {
            return files.file(name).orElseGet(() -> Answer.text(404, "There is no such page.\n"));
        }
        try {
            return api.answer(name.substring(API.length()), exchange);
        } catch (IllegalArgumentException e) {
            return Answer.fault(400, e.getMessage());
        } catch (KafkaException | IllegalStateException | ExecutionException e) {
            log.warn("The console could not answer", e);
            return Answer.fault(503, "Kafka does not answer: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.fault(503, "it took too long");
        } catch (RuntimeException e) {
            log.error("The console stumbled over {}", path, e);
            return Answer.fault(500, "the console stumbled; its log says over what");
        }
    }

    private void view(HttpExchange exchange) throws IOException {
        Answer.secure(exchange.getResponseHeaders());
        Viewer viewer = viewing.apply(exchange);
        if (!viewers.add(viewer)) {
            Answer.fault(503, "too many pages are open; console.viewers.max allows no more")
                    .send(exchange);
            return;
        }
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(200, 0);
            viewer.serve();
        } catch (InterruptedException e) {
            log.debug("A page did not read, or the console stops", e);
        } finally {
            viewers.remove(viewer);
        }
    }

    private static HttpServer bind(ConsoleSettings settings) throws IOException {
        Optional<SSLContext> context = settings.tls().map(ConsoleServer::context);
        try {
            if (context.isEmpty()) {
                return HttpServer.create(settings.address(), 0);
            }
            HttpsServer server = HttpsServer.create(settings.address(), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context.get()));
            return server;
        } catch (IOException e) {
            throw new IOException("the console cannot be served on " + settings.address() + ": " + e.getMessage(), e);
        }
    }

    /** @throws ConfigException if the file is missing, is no key store or has another password */
    static SSLContext context(KeyStoreFile file) {
        try {
            return read(file);
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new ConfigException(
                    KEY_STORE, file.path(), "the console's key store cannot be used: " + e.getMessage());
        }
    }

    private static SSLContext read(KeyStoreFile file) throws GeneralSecurityException, IOException {
        char[] password = file.password().toCharArray();
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(file.path().toFile(), password), password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
