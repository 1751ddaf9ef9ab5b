package com.sipstack.asterisk.benchmarks.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whole names of a JVM's threads by the kernel's number for them: the kernel itself keeps only the first 15 letters. */
final class ThreadNames {
    /** Java 17 has the number in hex, 21 and later in decimal. */
    private static final Pattern THREAD = Pattern.compile("^\"(.+)\" .*\\bnid=(0x[0-9a-f]+|\\d+)");

    private final long pid;
    private final Map<Long, String> names = new ConcurrentHashMap<>();

    ThreadNames(long pid) {
        this.pid = pid;
    }

    /** Asks the JVM, which stands still for a moment to answer. Names of threads that have ended are kept. */
    void refresh() throws IOException {
        Process jcmd = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        "-J-XX:TieredStopAtLevel=1",
                        Long.toString(pid),
                        "Thread.print"))
                .redirectErrorStream(true)
                .start();
        try (var lines = jcmd.inputReader(StandardCharsets.UTF_8)) {
            lines.lines()
                    .map(THREAD::matcher)
                    .filter(Matcher::find)
                    .forEach(thread -> names.put(Long.decode(thread.group(2)), thread.group(1)));
        }
    }

    String of(long thread, String ofKernel) {
        return names.getOrDefault(thread, ofKernel);
    }
}
