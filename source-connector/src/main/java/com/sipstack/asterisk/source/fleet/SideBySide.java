package com.sipstack.asterisk.source.fleet;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.connect.errors.ConnectException;

/** Asks many PBXs something at once, so that those that do not answer make nobody wait for long. */
public final class SideBySide {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int MOST_THREADS = 32;

    private SideBySide() {}

    /**
     * Returns within ten seconds.
     *
     * @param question what to ask of each
     * @param silent the answer of one that has not answered by then, from what there is to say about it
     * @return the answers in the order of those who were asked
     * @throws ConnectException if the question itself fails
     */
    public static <P, A> Map<P, A> ask(List<P> pbxs, Function<P, A> question, Function<String, A> silent) {
        List<Callable<A>> questions =
                pbxs.stream().<Callable<A>>map(pbx -> () -> question.apply(pbx)).collect(Collectors.toList());
        List<Future<A>> answers = answers(questions);
        Map<P, A> byPbx = new LinkedHashMap<>();
        for (int i = 0; i < pbxs.size(); i++) {
            byPbx.put(pbxs.get(i), answer(answers.get(i), silent));
        }
        return byPbx;
    }

    private static <A> List<Future<A>> answers(List<Callable<A>> questions) {
        ExecutorService threads =
                Executors.newFixedThreadPool(Math.min(MOST_THREADS, questions.size()), SideBySide::daemon);
        try {
            return threads.invokeAll(questions, LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            threads.shutdown();
        }
    }

    private static <A> A answer(Future<A> answer, Function<String, A> silent) {
        try {
            return answer.get();
        } catch (CancellationException e) {
            return silent.apply("no answer within " + LIMIT.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            throw new ConnectException("a PBX could not be asked", e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static ConnectException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ConnectException("interrupted while PBXs were being asked", e);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "asterisk-check");
        thread.setDaemon(true);
        return thread;
    }
}
