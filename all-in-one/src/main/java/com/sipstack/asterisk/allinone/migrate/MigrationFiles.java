package com.sipstack.asterisk.allinone.migrate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/** A migration as files: one of each connector, for {@code PUT /connectors/<name>/config}, and the assembler's. */
final class MigrationFiles {
    static final String SECRETS = "secrets.properties";
    static final String ASSEMBLER = "assembler.properties";

    private static final ObjectMapper JSON = new ObjectMapper();

    private MigrationFiles() {}

    /** Contents by name, none of them a secret. */
    static Map<String, String> of(Migration migration) {
        Map<String, String> files = new LinkedHashMap<>();
        migration.connectors().forEach((name, config) -> files.put(name + ".json", json(config)));
        files.put(ASSEMBLER, properties(migration.assembler()));
        return files;
    }

    /** @throws java.nio.file.FileAlreadyExistsException rather than write over what somebody may have changed since */
    static void write(Path directory, Map<String, String> files) throws IOException {
        Files.createDirectories(directory);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue(), StandardOpenOption.CREATE_NEW);
        }
    }

    /** Readable for nobody else from the first byte on. */
    static void writeSecrets(Path directory, Map<String, String> secrets) throws IOException {
        Path file = directory.resolve(SECRETS);
        try (var channel = Files.newByteChannel(
                        file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownersAlone(file));
                var out = Channels.newWriter(channel, StandardCharsets.UTF_8)) {
            out.write(properties(secrets));
        }
    }

    private static FileAttribute<?>[] ownersAlone(Path file) {
        boolean isPosix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static String json(Map<String, String> config) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(config) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a map of texts is no JSON", e);
        }
    }

    /** Escaped by the JDK; without its comment, which has the time in it. */
    private static String properties(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        StringWriter text = new StringWriter();
        try {
            properties.store(text, null);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return text.toString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
