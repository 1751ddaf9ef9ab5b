package com.sipstack.asterisk.assembler.console;

import com.sipstack.asterisk.assembler.dlq.OpenLetters;
import com.sipstack.asterisk.model.Topics;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console: reads documents, gaps and letters from their topics, and shows them. Every one reads all partitions and writes nothing
 * but what somebody has it replay, so that any number of them, beside any number of assemblers, tell the same.
 */
public final class Console implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Console.class);
    private static final int MOST_LETTERS = 200_000;
    private static final Duration STATE_KEPT = Duration.ofSeconds(1);

    private final ConsoleSettings settings;
    private final ConsoleSurroundings surroundings;
    private final Clock clock = Clock.systemUTC();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Viewers viewers;
    private final Board board;
    private final PbxBoard pbxs = new PbxBoard();
    private final OpenLetters letters = new OpenLetters(MOST_LETTERS);
    private final Kept state = new Kept();
    private Follower follower;
    private ConsoleServer server;

    private Console(ConsoleSettings settings, ConsoleSurroundings surroundings) {
        this.settings = settings;
        this.surroundings = surroundings;
        this.viewers = new Viewers(settings.mostViewers());
        this.board = new Board(settings.mostCalls(), settings.history(), clock, viewers::changed);
    }

    /**
     * Starts to read and to serve.
     *
     * @throws IOException if the address cannot be had, or the key store not be used
     */
    public static Console start(ConsoleSettings settings, ConsoleSurroundings surroundings) throws IOException {
        Console console = new Console(settings, surroundings);
        try {
            console.startParts();
            return console;
        } catch (IOException | RuntimeException e) {
            console.close();
            throw e;
        }
    }

    /** Where it is served. */
    public InetSocketAddress address() {
        return server.address();
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                log.error("A part of the console did not stop in order", e);
            }
        }
    }

    private void startParts() throws IOException {
        Topics topics = surroundings.topics();
        TopicLookup lookup = new TopicLookup(this::consumer);
        parts.push(lookup);
        startReaders(topics);
        Gate gate = new Gate(settings);
        CallReader calls = new CallReader(
                board,
                topics.calls(),
                lookup,
                new CallRowReader(topics, lookup, surroundings.rows()),
                surroundings.interpreters());
        ConsoleApi api =
                new ConsoleApi(board, calls, new Letters(letters, surroundings.clients(), lookup), state::get, gate);
        server = ConsoleServer.start(settings, gate, api, viewers, this::viewer);
        parts.push(server);
        log.info("The console is served on {}{}/", server.address(), settings.basePath());
    }

    private void startReaders(Topics topics) {
        Documents documents = new Documents(board);
        long since = clock.millis() - settings.history().toMillis();
        follower = new Follower(
                this::consumer,
                List.of(
                        new Follower.Followed(
                                topics.calls(), since, documents::take, (partition, first) -> board.evict()),
                        new Follower.Followed(topics.gaps(), 0, pbxs::gap, (partition, first) -> {}),
                        new Follower.Followed(
                                topics.dlq(),
                                0,
                                letters::take,
                                (partition, first) -> letters.forgetBefore(partition.partition(), first))));
        parts.push(follower);
        follower.start();
        RowSampler sampler = new RowSampler(
                this::consumer,
                List.of(topics.cel(), topics.cdr()),
                surroundings.rows().get(),
                pbxs);
        parts.push(sampler);
        sampler.start();
    }

    private Viewer viewer(HttpExchange exchange, Runnable alive) {
        return new Viewer(board, state::json, exchange.getResponseBody(), alive);
    }

    private BoardState newState() {
        Board.Count count = board.count();
        return new BoardState(
                clock.millis(),
                count.live(),
                count.finished(),
                follower.hasCaughtUp(),
                faults(),
                board.rates(),
                pbxs.states(board.livePerPbx()),
                SipstackState.of(surroundings.metrics().get()),
                letters.count(),
                settings.replayToken().isPresent());
    }

    private List<String> faults() {
        List<String> faults = new ArrayList<>(surroundings.whyNotReady().get());
        if (!follower.fault().isEmpty()) {
            faults.add("the console cannot read topics: " + follower.fault());
        }
        return faults;
    }

    private Consumer<byte[], byte[]> consumer() {
        try {
            return surroundings.clients().consumer("read_committed");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What costs something to find out and to write: the same for all pages of a moment. */
    private final class Kept {
        private BoardState kept;
        private byte[] json;

        synchronized BoardState get() {
            if (kept == null || clock.millis() - kept.now() > STATE_KEPT.toMillis()) {
                kept = newState();
                json = ConsoleJson.bytes(kept);
            }
            return kept;
        }

        synchronized byte[] json() {
            get();
            return json;
        }
    }
}
