package com.sipstack.asterisk.assembler.console;

import com.sipstack.asterisk.assembler.dlq.LetterGroup;
import com.sipstack.asterisk.assembler.dlq.LetterPlace;
import com.sipstack.asterisk.model.CallKey;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the page asks for, but for its files and what keeps it up to date. Safe for any thread. */
final class ConsoleApi {
    private static final Logger log = LoggerFactory.getLogger(ConsoleApi.class);
    private static final int LARGEST_REQUEST = 64 * 1024;
    private static final int MOST_FINISHED = 200;

    private final Board board;
    private final CallReader calls;
    private final Letters letters;
    private final Supplier<BoardState> state;
    private final Gate gate;

    ConsoleApi(Board board, CallReader calls, Letters letters, Supplier<BoardState> state, Gate gate) {
        this.board = board;
        this.calls = calls;
        this.letters = letters;
        this.state = state;
        this.gate = gate;
    }

    /** @throws IllegalArgumentException if the request makes no sense; says why */
    Answer answer(String path, HttpExchange exchange) throws IOException, ExecutionException, InterruptedException {
        boolean isPost = exchange.getRequestMethod().equals("POST");
        if (isPost != path.equals("replay")) {
            return Answer.fault(405, "the method is not allowed here");
        }
        Query query = Query.of(exchange.getRequestURI());
        return switch (path) {
            case "board" -> Answer.json(Map.of("state", state.get(), "calls", summaries()));
            case "find" -> Answer.json(new CallSearch(query).in(board));
            case "call" -> call(query);
            case "letters" -> Answer.json(Map.of("groups", letters.groups()));
            case "letters/places" -> Answer.json(Map.of("places", letters.places(kind(query))));
            case "letter" -> letter(query);
            case "replay" -> replay(exchange);
            default -> Answer.notFound("there is nothing at this address");
        };
    }

    private List<CallSummary> summaries() {
        return board.latest(MOST_FINISHED).stream().map(BoardCall::summary).toList();
    }

    private Answer call(Query query) {
        CallKey key = new CallKey(query.required("pbx"), query.required("linkedid"));
        return calls.read(key)
                .map(Answer::json)
                .orElseGet(() -> Answer.notFound("neither the board nor the topic of documents has this call"));
    }

    private Answer letter(Query query) {
        return letters.letter(LetterPlace.parse(query.required("place")))
                .map(Answer::json)
                .orElseGet(() -> Answer.notFound("there is no such letter any more"));
    }

    private Answer replay(HttpExchange exchange) throws IOException, ExecutionException, InterruptedException {
        // Also of one that is refused: answered before its end, a connection with TLS had its next request overlooked
        byte[] request = body(exchange);
        Gate.Refusal refusal = gate.mayReplay(exchange.getRequestHeaders()).orElse(null);
        if (refusal != null) {
            return Answer.fault(refusal.status(), refusal.reason());
        }
        Letters.Wanted wanted = ConsoleJson.read(request, Letters.Wanted.class);
        String summary = letters.replay(wanted);
        if (!wanted.dryRun()) {
            log.info("Letters were replayed from the console: {}", summary);
        }
        return Answer.json(Map.of("summary", summary));
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            byte[] body = in.readNBytes(LARGEST_REQUEST + 1);
            if (body.length > LARGEST_REQUEST) {
                throw new IllegalArgumentException("the request is too large");
            }
            return body;
        }
    }

    private static LetterGroup.Kind kind(Query query) {
        return new LetterGroup.Kind(query.required("stage"), query.required("pbx"), query.required("reason"));
    }
}
