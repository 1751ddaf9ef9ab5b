package com.sipstack.asterisk.source.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@link TaskProcess}es have said: a line of each recording that was acknowledged, and one of each scan. */
record TaskOutput(Path file) {
    /** Each as {@code sent <file name> <sha256>}. */
    List<String> sent() throws IOException {
        return lines().filter(line -> line.startsWith("sent ")).toList();
    }

    List<String> names() throws IOException {
        return sent().stream().map(line -> line.split(" ", -1)[1]).toList();
    }

    /** What was counted at the end of each scan. */
    List<Map<String, String>> scans() throws IOException {
        return lines().filter(TaskOutput::isScan).map(TaskOutput::scan).toList();
    }

    /** Empty before there was any. */
    Map<String, String> lastScan() throws IOException {
        List<Map<String, String>> scans = scans();
        return scans.isEmpty() ? Map.of() : scans.get(scans.size() - 1);
    }

    static boolean isScan(String line) {
        return line.startsWith("scans=");
    }

    static Map<String, String> scan(String line) {
        return Arrays.stream(line.split(" ", -1))
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(word -> word[0], word -> word[1]));
    }

    /** Whole lines alone: the last may still be being written. */
    private Stream<String> lines() throws IOException {
        String text = Files.exists(file) ? Files.readString(file) : "";
        return text.substring(0, text.lastIndexOf('\n') + 1).lines();
    }
}
