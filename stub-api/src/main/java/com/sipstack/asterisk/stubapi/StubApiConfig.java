package com.sipstack.asterisk.stubapi;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How a stub API is set up.
 *
 * @param bind the address to listen on
 * @param port the port to listen on; 0 is any free one
 * @param acceptedKey the one API key that is let in; empty lets in every key of a known format
 * @param maxCalls the most calls that are remembered
 * @param maxBodyBytes the largest JSON body, after decoding
 * @param maxUploadBytes the largest recording or voicemail with its form; of the audio only length and hash are kept
 * @param tls empty for plain HTTP
 * @param seed where the randomness of faults begins
 */
public record StubApiConfig(
        String bind,
        int port,
        Optional<String> acceptedKey,
        int maxCalls,
        int maxBodyBytes,
        long maxUploadBytes,
        Optional<StubTls> tls,
        long seed) {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final int LARGEST_BODY = 1024 * MEBIBYTE;

    public StubApiConfig {
        requireNonNull(bind, "bind is null");
        requireNonNull(acceptedKey, "acceptedKey is null");
        requireNonNull(tls, "tls is null");
        requireBetween("port", port, 0, 65_535);
        requireBetween("maxCalls", maxCalls, 1, Integer.MAX_VALUE);
        requireBetween("maxBodyBytes", maxBodyBytes, 1, LARGEST_BODY);
        requireBetween("maxUploadBytes", maxUploadBytes, 1, Long.MAX_VALUE);
    }

    private static void requireBetween(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " is not from " + least + " to " + most);
        }
    }

    /** Returns the set-up for tests: any free port of 127.0.0.1, every well-formed key, 100,000 calls, 10 MiB bodies, 8 GiB uploads. */
    public static StubApiConfig defaults() {
        return new StubApiConfig(
                "127.0.0.1", 0, Optional.empty(), 100_000, 10 * MEBIBYTE, 8192L * MEBIBYTE, Optional.empty(), 1);
    }

    /** Returns the same set-up on another address. */
    public StubApiConfig withBind(String newBind) {
        return new StubApiConfig(newBind, port, acceptedKey, maxCalls, maxBodyBytes, maxUploadBytes, tls, seed);
    }

    /** Returns the same set-up on another port; 0 is any free one. */
    public StubApiConfig withPort(int newPort) {
        return new StubApiConfig(bind, newPort, acceptedKey, maxCalls, maxBodyBytes, maxUploadBytes, tls, seed);
    }

    /** Returns the same set-up with one accepted API key. */
    public StubApiConfig withAcceptedKey(String key) {
        return new StubApiConfig(bind, port, Optional.of(key), maxCalls, maxBodyBytes, maxUploadBytes, tls, seed);
    }

    /** Returns the same set-up with another number of remembered calls. */
    public StubApiConfig withMaxCalls(int newMaxCalls) {
        return new StubApiConfig(bind, port, acceptedKey, newMaxCalls, maxBodyBytes, maxUploadBytes, tls, seed);
    }

    /** Returns the same set-up with another limit for JSON bodies. */
    public StubApiConfig withMaxBodyBytes(int newMaxBodyBytes) {
        return new StubApiConfig(bind, port, acceptedKey, maxCalls, newMaxBodyBytes, maxUploadBytes, tls, seed);
    }

    /** Returns the same set-up with another limit for recordings and voicemails. */
    public StubApiConfig withMaxUploadBytes(long newMaxUploadBytes) {
        return new StubApiConfig(bind, port, acceptedKey, maxCalls, maxBodyBytes, newMaxUploadBytes, tls, seed);
    }

    /** Returns the same set-up behind TLS, with HTTP/2 for clients that ask for it. */
    public StubApiConfig withTls(StubTls newTls) {
        return new StubApiConfig(
                bind, port, acceptedKey, maxCalls, maxBodyBytes, maxUploadBytes, Optional.of(newTls), seed);
    }

    /** Returns the same set-up with another seed for the randomness of faults. */
    public StubApiConfig withSeed(long newSeed) {
        return new StubApiConfig(bind, port, acceptedKey, maxCalls, maxBodyBytes, maxUploadBytes, tls, newSeed);
    }

    /** Leaves the key out: a description must be fit for a log. */
    @Override
    public String toString() {
        return "StubApiConfig[" + bind + ":" + port + ", one key only: " + acceptedKey.isPresent() + ", maxCalls: "
                + maxCalls + ", maxBodyBytes: " + maxBodyBytes + ", maxUploadBytes: " + maxUploadBytes + "]";
    }
}
