package com.sipstack.asterisk.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What Linux tells of a process under {@code /proc}. */
public record LinuxProcess(long pid) {
    private static final double TICKS_PER_SECOND = 100;
    /** Of a stat file's fields behind the name: utime, stime, and those of children that ended. */
    private static final int FIRST_TIME = 11;

    private static final int OWN_TIMES = 2;
    private static final int ALL_TIMES = 4;

    /** Processor time of all its threads and of children that have ended, in seconds since its start; 0 once it has ended. */
    public double cpuSeconds() throws IOException {
        return read(Path.of("/proc", Long.toString(pid), "stat"), ALL_TIMES).seconds();
    }

    /** By thread id. */
    public Map<Long, ThreadTime> threads() throws IOException {
        Map<Long, ThreadTime> threads = new HashMap<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path task : tasks.toList()) {
                threads.put(Long.valueOf(task.getFileName().toString()), read(task.resolve("stat"), OWN_TIMES));
            }
        } catch (NoSuchFileException e) {
            return Map.of(); // it has ended
        }
        return threads;
    }

    /** Peak of the resident memory in MiB. */
    public long peakMebibytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"), StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    /** @param name as the kernel has it: 15 bytes at most */
    public record ThreadTime(String name, double seconds) {}

    private static ThreadTime read(Path stat, int times) throws IOException {
        try {
            String line = Files.readString(stat, StandardCharsets.ISO_8859_1);
            int nameEnd = line.lastIndexOf(')');
            List<String> fields = List.of(line.substring(nameEnd + 2).split(" ", -1));
            long ticks = fields.subList(FIRST_TIME, FIRST_TIME + times).stream()
                    .mapToLong(Long::parseLong)
                    .sum();
            return new ThreadTime(line.substring(line.indexOf('(') + 1, nameEnd), ticks / TICKS_PER_SECOND);
        } catch (NoSuchFileException e) {
            return new ThreadTime("", 0); // it ended meanwhile
        } catch (IOException e) {
            if (e.getMessage() != null && e.getMessage().contains("No such process")) {
                return new ThreadTime("", 0);
            }
            throw e;
        }
    }
}
