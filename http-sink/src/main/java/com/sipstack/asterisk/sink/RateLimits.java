package com.sipstack.asterisk.sink;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.types.Password;

/**
 * How many requests a minute a tiered API key allows, from tier 0 to 4. The bucket of tokens is shared by all tasks of a worker's
 * process that have the key, whatever connector they belong to. Safe for any thread.
 */
final class RateLimits {
    private static final Pattern TIERED = Pattern.compile("sk_t([0-4])_.*");
    private static final List<Integer> PER_MINUTE = List.of(10, 60, 300, 1_200, 3_600);
    private static final int BURSTS_PER_MINUTE = 60;
    /** By the hash of the key: a dump of the heap should not show the key once more. */
    private static final Map<String, Bucket> SHARED = new ConcurrentHashMap<>();

    private RateLimits() {}

    /**
     * The bucket to take a token from for every request; empty for a key that is limited by the server alone.
     *
     * @param workers among how many processes the limit is divided; what was said last counts
     */
    static Optional<Bucket> of(Password key, int workers) {
        return perMinute(key.value()).map(limit -> shared(key.value(), configuration(limit, workers)));
    }

    /** Requests a minute; empty for a key without a tier. */
    static Optional<Integer> perMinute(String key) {
        Matcher tiered = TIERED.matcher(key);
        return tiered.matches() ? Optional.of(PER_MINUTE.get(Integer.parseInt(tiered.group(1)))) : Optional.empty();
    }

    /** Whole tokens over a longer time, so that a share of a small limit is exact. */
    static BucketConfiguration configuration(int perMinute, int workers) {
        int burst = Math.max(1, perMinute / BURSTS_PER_MINUTE / workers);
        return BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(perMinute, Duration.ofMinutes(workers)))
                .build();
    }

    private static Bucket shared(String key, BucketConfiguration configuration) {
        Bucket bucket = SHARED.computeIfAbsent(hash(key), first -> bucket(configuration));
        bucket.replaceConfiguration(configuration, TokensInheritanceStrategy.AS_IS);
        return bucket;
    }

    private static Bucket bucket(BucketConfiguration configuration) {
        return Bucket.builder().addLimit(configuration.getBandwidths()[0]).build();
    }

    private static String hash(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
