package com.sipstack.asterisk.assembler;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** Settings as they stand in a file. */
final class PropertiesFile {
    private PropertiesFile() {}

    static Map<String, Object> read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(in);
        }
        Map<String, Object> settings = new HashMap<>();
        properties.forEach(
                (name, value) -> settings.put(name.toString(), value.toString().strip()));
        return settings;
    }
}
