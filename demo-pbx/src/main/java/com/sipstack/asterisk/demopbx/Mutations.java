package com.sipstack.asterisk.demopbx;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Inputs that were in order, spoilt: the same ones each time. */
public final class Mutations {
    private static final long SEED = 20261122;
    private static final int MOST_SPOTS = 8;
    private static final byte[] TROUBLE = "\0\"\\,:;{}[]|\r\n-09eE\uFFFD".getBytes(StandardCharsets.UTF_8);

    private Mutations() {}

    /** So many of them, each one of the seeds in turn with bytes changed, cut out, doubled or put in. */
    public static Stream<byte[]> of(List<byte[]> seeds, int number) {
        Random random = new Random(SEED);
        return IntStream.range(0, number).mapToObj(i -> spoilt(seeds.get(i % seeds.size()), random));
    }

    private static byte[] spoilt(byte[] seed, Random random) {
        byte[] bytes = seed.clone();
        for (int spots = 1 + random.nextInt(MOST_SPOTS); spots > 0 && bytes.length > 1; spots--) {
            bytes = spoiltOnce(bytes, random);
        }
        return bytes;
    }

    private static byte[] spoiltOnce(byte[] bytes, Random random) {
        int from = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(1 + random.nextInt(bytes.length)));
        return switch (random.nextInt(4)) {
            case 0 -> joined(bytes, from, new byte[0], to);
            case 1 -> joined(bytes, to, Arrays.copyOfRange(bytes, from, to), to);
            case 2 -> joined(bytes, from, new byte[] {TROUBLE[random.nextInt(TROUBLE.length)]}, from);
            default -> joined(bytes, from, new byte[] {(byte) random.nextInt()}, from + 1);
        };
    }

    /** What stands before one place, the middle, and what stands from another place on. */
    private static byte[] joined(byte[] bytes, int before, byte[] middle, int from) {
        byte[] joined = Arrays.copyOf(bytes, before + middle.length + bytes.length - from);
        System.arraycopy(middle, 0, joined, before, middle.length);
        System.arraycopy(bytes, from, joined, before + middle.length, bytes.length - from);
        return joined;
    }
}
