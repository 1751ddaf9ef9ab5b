package com.sipstack.asterisk.stubapi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * An order to fail: what is to happen, and to which requests of the API. New ones strike every request for ever; the
 * {@code with} methods narrow that.
 *
 * @param share the share of the matching requests that it strikes, 0 to 1
 * @param times how many requests it strikes before it is spent; empty is no limit
 * @param lasting how long it is in force from when it was added; empty is no limit
 * @param path what the request's path begins with, {@code /v1} included
 * @param linkedid the call that the request's JSON body, or a record in it, is about; empty is any
 */
public record Fault(
        FaultEffect effect,
        double share,
        Optional<Integer> times,
        Optional<Duration> lasting,
        String path,
        Optional<String> linkedid) {

    public Fault {
        requireNonNull(effect, "effect is null");
        require(share >= 0 && share <= 1, "share: " + share + " is not from 0 to 1");
        require(times.orElse(1) > 0, "times: must be more than 0");
        require(!lasting.orElse(Duration.ZERO).isNegative(), "for: must not be negative");
        require(path.startsWith(StubApi.BASE_PATH), "path: " + path + " does not begin with " + StubApi.BASE_PATH);
        require(linkedid.isEmpty() || !effect.beforeBody(), "linkedid: is not known before the body was read");
    }

    private Fault(FaultEffect effect) {
        this(effect, 1, Optional.empty(), Optional.empty(), StubApi.BASE_PATH, Optional.empty());
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Returns a fault of this effect on every request. */
    public static Fault of(FaultEffect effect) {
        return new Fault(effect);
    }

    /** See {@link FaultEffect.Respond}. */
    public static Fault status(int status) {
        return of(new FaultEffect.Respond(status, Optional.empty()));
    }

    /** See {@link FaultEffect.Respond}. */
    public static Fault status(int status, String retryAfter) {
        return of(new FaultEffect.Respond(status, Optional.of(retryAfter)));
    }

    /** See {@link FaultEffect.Delay}. */
    public static Fault delay(Duration duration) {
        return of(new FaultEffect.Delay(duration));
    }

    /** See {@link FaultEffect.ResetBeforeBody}. */
    public static Fault resetBeforeBody() {
        return of(new FaultEffect.ResetBeforeBody());
    }

    /** See {@link FaultEffect.ResetAfterBody}. */
    public static Fault resetAfterBody() {
        return of(new FaultEffect.ResetAfterBody());
    }

    /** See {@link FaultEffect.LoseAnswer}. */
    public static Fault loseAnswer() {
        return of(new FaultEffect.LoseAnswer());
    }

    /** See {@link FaultEffect.Drip}. */
    public static Fault drip(Duration duration) {
        return of(new FaultEffect.Drip(duration));
    }

    /** See {@link FaultEffect.CutAnswer}. */
    public static Fault cutAnswer() {
        return of(new FaultEffect.CutAnswer());
    }

    /** Returns the same fault on this share of the requests, 0 to 1. */
    public Fault withShare(double newShare) {
        return new Fault(effect, newShare, times, lasting, path, linkedid);
    }

    /** Returns the same fault on so many requests. */
    public Fault withTimes(int newTimes) {
        return new Fault(effect, share, Optional.of(newTimes), lasting, path, linkedid);
    }

    /** Returns the same fault, over so long after it was added. */
    public Fault withDuration(Duration newLasting) {
        return new Fault(effect, share, times, Optional.of(newLasting), path, linkedid);
    }

    /** Returns the same fault on paths that begin with this, such as {@code /v1/mqs/recording}. */
    public Fault withPath(String newPath) {
        return new Fault(effect, share, times, lasting, newPath, linkedid);
    }

    /** Returns the same fault on documents of this call, and on batches with a raw record of it. */
    public Fault withLinkedid(String newLinkedid) {
        return new Fault(effect, share, times, lasting, path, Optional.of(newLinkedid));
    }

    boolean matches(String requestPath) {
        return requestPath.startsWith(path);
    }
}
