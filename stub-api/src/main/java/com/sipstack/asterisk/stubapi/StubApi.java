package com.sipstack.asterisk.stubapi;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A SIPSTACK API to run and test against: a real HTTP server which refuses what the contract forbids, remembers what it
 * accepted and fails when told to. What it remembers is also served as JSON under {@code /_stub}. Thread safe.
 */
public final class StubApi implements AutoCloseable {
    static final String BASE_PATH = "/v1";

    private static final Logger LOG = LoggerFactory.getLogger(StubApi.class);

    private final StubRecords records;
    private final Faults faults;
    private final List<Consumer<ReceivedDocument>> listeners = new CopyOnWriteArrayList<>();
    private final StubServer server;
    private final URI uri;

    private StubApi(StubApiConfig config) {
        records = StubRecords.empty(config.maxCalls());
        faults = new Faults(config.seed(), System::nanoTime, records.counters());
        ContractApi api =
                new ContractApi(routes(config), new RequestRules(config.acceptedKey()), records, config.maxBodyBytes());
        InspectionApi inspection = new InspectionApi(records, faults);
        server = StubServer.start(
                config.bind(),
                config.port(),
                config.tls(),
                new StubHandler(api, inspection, faults, records.counters()));
        uri = URI.create((config.tls().isPresent() ? "https://" : "http://") + reachable(config.bind()) + ":"
                + server.port() + BASE_PATH);
    }

    private Map<String, Route> routes(StubApiConfig config) {
        Uploads uploads = new Uploads(records.uploads(), records.counters());
        return Map.of(
                BASE_PATH + "/health",
                Route.get(request ->
                        ApiAnswer.json(200, Json.MAPPER.createObjectNode().put("status", "ok"))),
                BASE_PATH + "/mqs/connectors/asterisk/calls",
                Route.postJson(config.maxBodyBytes(), new CallsEndpoint(records.calls(), this::publish)),
                BASE_PATH + "/mqs/connectors/asterisk/cdr",
                Route.postJson(config.maxBodyBytes(), new RawRecordsEndpoint(records.rawBatches(), records.counters())),
                BASE_PATH + "/mqs/recording",
                Route.postForm(config.maxUploadBytes(), uploads::recording),
                BASE_PATH + "/rt/voicemail",
                Route.postForm(config.maxUploadBytes(), uploads::voicemail));
    }

    private static String reachable(String bind) {
        return switch (bind) {
            case "0.0.0.0", "::" -> "127.0.0.1";
            default -> bind.contains(":") ? "[" + bind + "]" : bind;
        };
    }

    /**
     * Starts a stub.
     *
     * @throws java.io.UncheckedIOException if the address cannot be listened on, with a message for people
     */
    public static StubApi start(StubApiConfig config) {
        StubApi stub = new StubApi(config);
        LOG.info("Stub API is listening on {}", stub.uri());
        return stub;
    }

    /** Starts a stub on a free port of 127.0.0.1, as {@link StubApiConfig#defaults()} has it. */
    public static StubApi start() {
        return start(StubApiConfig.defaults());
    }

    /** Returns the API's base, such as {@code http://127.0.0.1:8080/v1}. */
    public URI uri() {
        return uri;
    }

    /** Returns the remembered calls, in order of their first arrival. */
    public List<ReceivedCall> calls() {
        return records.calls().all();
    }

    /** Returns a remembered call; of several customers' calls of this identity, the one that was written last. */
    public Optional<ReceivedCall> call(String hostname, String linkedid) {
        return records.calls().find(hostname, linkedid);
    }

    /** Returns the last accepted batches of raw records, oldest first. */
    public List<ReceivedBatch> rawBatches() {
        return records.rawBatches().toList();
    }

    /** Returns the last accepted recordings and voicemails, oldest first. */
    public List<ReceivedUpload> uploads() {
        return records.uploads().toList();
    }

    /** Returns the last refused requests, oldest first. */
    public List<Refusal> refusals() {
        return records.refusals().toList();
    }

    /** Returns the counters as they stand. */
    public StubStats stats() {
        return records.counters().snapshot();
    }

    /** Returns the faults in force, to add to and to end. */
    public Faults faults() {
        return faults;
    }

    /**
     * Has this called for every accepted document, on the thread that serves the request and before it is answered. If it
     * throws, the document is stored all the same and the request answered with 500.
     */
    public void onDocument(Consumer<ReceivedDocument> listener) {
        listeners.add(listener);
    }

    private void publish(ReceivedDocument document) {
        listeners.forEach(listener -> listener.accept(document));
    }

    /** Forgets all that was received, the counters and the faults; listeners stay. */
    public void reset() {
        faults.clear();
        records.clear();
    }

    @Override
    public void close() {
        server.close();
        LOG.info("Stub API on {} is stopped", uri);
    }
}
