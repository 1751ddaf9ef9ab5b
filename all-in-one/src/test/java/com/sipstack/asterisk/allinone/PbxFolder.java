package com.sipstack.asterisk.allinone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder in which a PBX records calls: what one Asterisk recorded, under the names that it gave, each a little different. */
final class PbxFolder {
    private static final Path RECORDED = Path.of(
            "..",
            "source-connector",
            "src/test/resources/recordings",
            "in-16475550101-4165551234-20261121-190557-1795305957.2897.wav");
    private static final String PUT_AWAY = ".processed";
    private static final int HEADER = 44;

    private final Path folder;
    private final Path day;
    private final Map<String, String> hashes = new HashMap<>();

    PbxFolder(Path folder) throws IOException {
        this.folder = folder;
        this.day = Files.createDirectories(folder.resolve("2026/11/21"));
    }

    Path path() {
        return folder;
    }

    /** Writes a whole recording at once. */
    void record(String name) throws IOException {
        byte[] audio = Files.readAllBytes(RECORDED);
        audio[HEADER + hashes.size()] ^= 1;
        hashes.put(name, sha256(audio));
        Path written = Files.write(folder.resolveSibling(name), audio);
        Files.move(written, day.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Of the audio that was recorded under a name. */
    String sha256(String name) {
        return hashes.get(name);
    }

    /** Names of the files that are where Asterisk wrote them. */
    Set<String> waiting() throws IOException {
        return names(day);
    }

    /** Names of the files that were moved. */
    Set<String> putAway() throws IOException {
        Path putAway = day.resolve(PUT_AWAY);
        return Files.isDirectory(putAway) ? names(putAway) : Set.of();
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.toSet());
        }
    }

    private static String sha256(byte[] audio) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(audio));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
