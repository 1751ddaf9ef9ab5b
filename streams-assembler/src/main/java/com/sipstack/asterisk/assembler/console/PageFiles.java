package com.sipstack.asterisk.assembler.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The files that the page consists of, from our own jar. Safe for any thread. */
final class PageFiles {
    private static final Pattern NAME = Pattern.compile("[a-z-]+\\.(html|css|js|svg)");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, Answer> loaded = new ConcurrentHashMap<>();

    /** Empty for what is no file of the page; the page itself for no name. */
    Optional<Answer> file(String name) {
        String wanted = name.isEmpty() ? "index.html" : name;
        if (!NAME.matcher(wanted).matches()) {
            return Optional.empty();
        }
        Answer known = loaded.get(wanted);
        return known != null ? Optional.of(known) : load(wanted);
    }

    private Optional<Answer> load(String name) {
        try (InputStream in = PageFiles.class.getResourceAsStream("page/" + name)) {
            if (in == null) {
                return Optional.empty();
            }
            String type = TYPES.get(name.substring(name.indexOf('.') + 1));
            Answer file = new Answer(200, type, in.readAllBytes());
            loaded.put(name, file);
            return Optional.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException("a file of the page cannot be read: " + name, e);
        }
    }
}
