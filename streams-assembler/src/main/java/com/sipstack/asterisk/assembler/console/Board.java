package com.sipstack.asterisk.assembler.console;

import com.sipstack.asterisk.model.CallKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The calls in progress and those that ended lately, bounded by number and age. Safe for any thread. */
final class Board {
    /** A call that goes on is told again within minutes; one of which nothing was heard for so long is left over. */
    private static final Duration LONGEST_SILENCE = Duration.ofHours(25);

    private final int mostCalls;
    private final Duration history;
    private final Clock clock;
    private final Consumer<CallKey> onChange;
    private final Map<CallKey, BoardCall> live = new LinkedHashMap<>();
    private final Map<CallKey, BoardCall> finished = new LinkedHashMap<>();
    private final MinuteRates rates = new MinuteRates();

    /**
     * @param mostCalls that are kept; the oldest finished one goes first
     * @param history how long after its last document a finished call is kept
     * @param onChange told of calls that came, changed or went, by the thread that changed them
     */
    Board(int mostCalls, Duration history, Clock clock, Consumer<CallKey> onChange) {
        this.mostCalls = mostCalls;
        this.history = history;
        this.clock = clock;
        this.onChange = onChange;
    }

    /** How many there are. */
    record Count(int live, int finished) {}

    /** Takes a document over. One that is not newer than what is known changes nothing. */
    void put(CallSummary summary, RevisionPlace place) {
        CallKey key = summary.key();
        synchronized (this) {
            BoardCall before = live.containsKey(key) ? live.get(key) : finished.get(key);
            if (before != null && before.summary().revision() >= summary.revision()) {
                return;
            }
            count(before, summary);
            live.remove(key);
            finished.remove(key);
            (summary.complete() ? finished : live)
                    .put(key, before == null ? BoardCall.of(summary, place) : before.next(summary, place));
        }
        onChange.accept(key);
        evict();
    }

    /** Takes a call away, which somebody had erased. */
    void remove(CallKey key) {
        synchronized (this) {
            live.remove(key);
            finished.remove(key);
        }
        onChange.accept(key);
    }

    synchronized Optional<BoardCall> call(CallKey key) {
        BoardCall found = live.get(key);
        return Optional.ofNullable(found != null ? found : finished.get(key));
    }

    /** The calls in progress, and of the finished ones those that changed last, newest last. */
    synchronized List<BoardCall> latest(int mostFinished) {
        List<BoardCall> ended = new ArrayList<>(finished.values());
        List<BoardCall> latest = new ArrayList<>(live.values());
        latest.addAll(ended.subList(Math.max(0, ended.size() - mostFinished), ended.size()));
        return latest;
    }

    /** All of them, those that changed last first. */
    synchronized List<BoardCall> all() {
        List<BoardCall> all = new ArrayList<>(finished.values());
        all.addAll(live.values());
        Collections.reverse(all);
        return all;
    }

    synchronized Count count() {
        return new Count(live.size(), finished.size());
    }

    /** Calls in progress, by PBX; those without one are not in it. */
    synchronized Map<String, Long> livePerPbx() {
        return live.keySet().stream().collect(Collectors.groupingBy(CallKey::pbx, Collectors.counting()));
    }

    synchronized List<MinuteRates.Minute> rates() {
        return rates.lastHour(clock.millis());
    }

    /** Lets go of what is too old or too much. */
    void evict() {
        List<CallKey> gone = new ArrayList<>();
        synchronized (this) {
            long now = clock.millis();
            evict(finished, now - history.toMillis(), gone);
            evict(live, now - LONGEST_SILENCE.toMillis(), gone);
        }
        gone.forEach(onChange);
    }

    private void evict(Map<CallKey, BoardCall> calls, long oldest, List<CallKey> gone) {
        Iterator<BoardCall> eldestFirst = calls.values().iterator();
        while (eldestFirst.hasNext()) {
            CallSummary eldest = eldestFirst.next().summary();
            if (eldest.written() >= oldest && live.size() + finished.size() <= mostCalls) {
                return;
            }
            eldestFirst.remove();
            gone.add(eldest.key());
        }
    }

    private void count(BoardCall before, CallSummary now) {
        if (before != null && before.summary().complete()) {
            rates.late(now.written());
        } else if (now.complete()) {
            rates.completed(now.written(), now.state().isFailure());
        }
    }
}
