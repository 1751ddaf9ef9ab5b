package com.sipstack.asterisk.assembler.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sipstack.asterisk.model.CallKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One page that is kept up to date by server-sent events. What changed is noted by its call: however slowly the page reads, no more
 * waits for it than each call once, and it is told how a call is when it comes to be told, not how it was.
 */
final class Viewer {
    private static final long TICK = Duration.ofMillis(250).toMillis();
    private static final int STATE_EVERY = 8;
    private static final int CHUNK = 250;
    private static final int MOST_FINISHED = 200;

    private final Board board;
    private final Supplier<byte[]> state;
    private final OutputStream out;
    private final Runnable alive;
    private Set<CallKey> changed = new LinkedHashSet<>();

    /**
     * @param state what stands above the calls
     * @param out the page's; whoever writes to it may have to wait
     * @param alive called whenever the page has read something
     */
    Viewer(Board board, Supplier<byte[]> state, OutputStream out, Runnable alive) {
        this.board = board;
        this.state = state;
        this.out = out;
        this.alive = alive;
    }

    /** By any thread. */
    synchronized void changed(CallKey call) {
        changed.add(call);
    }

    /**
     * Tells the page what changes until it goes away.
     *
     * @throws IOException when it has gone
     */
    void serve() throws IOException, InterruptedException {
        send("state", state.get());
        sendAll(board.latest(MOST_FINISHED));
        send("ready", "{}".getBytes(UTF_8));
        for (int tick = 1; ; tick++) {
            Thread.sleep(TICK);
            sendChanges();
            if (tick % STATE_EVERY == 0) {
                send("state", state.get());
            }
            out.flush();
            alive.run();
        }
    }

    private void sendAll(List<BoardCall> calls) throws IOException {
        for (int from = 0; from < calls.size(); from += CHUNK) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.writeBytes("{\"calls\":[".getBytes(UTF_8));
            append(body, calls.subList(from, Math.min(from + CHUNK, calls.size())));
            body.writeBytes("]}".getBytes(UTF_8));
            send("calls", body.toByteArray());
            alive.run();
        }
    }

    private void sendChanges() throws IOException {
        Set<CallKey> due = due();
        List<BoardCall> calls = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        for (CallKey key : due) {
            Optional<BoardCall> call = board.call(key);
            call.ifPresentOrElse(calls::add, () -> gone.add(key.toString()));
        }
        sendAll(calls);
        if (!gone.isEmpty()) {
            send("gone", ConsoleJson.bytes(gone));
        }
    }

    private synchronized Set<CallKey> due() {
        Set<CallKey> due = changed;
        changed = new LinkedHashSet<>();
        return due;
    }

    private static void append(ByteArrayOutputStream body, List<BoardCall> calls) {
        for (int i = 0; i < calls.size(); i++) {
            if (i > 0) {
                body.write(',');
            }
            body.writeBytes(calls.get(i).json().getBytes(UTF_8));
        }
    }

    private void send(String event, byte[] json) throws IOException {
        out.write(("event: " + event + "\ndata: ").getBytes(UTF_8));
        out.write(json);
        out.write("\n\n".getBytes(UTF_8));
    }
}
