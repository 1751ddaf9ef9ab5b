package com.sipstack.asterisk.source.fleet;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A path that may have wildcards in the names of folders and files, but not across folders.
 *
 * @param text absolute
 */
public record PathPattern(String text) {
    /** Whether a text is one. */
    public static boolean isOne(String text) {
        if (!text.startsWith("/") || text.contains("**") || text.endsWith("/")) {
            return false;
        }
        FileSystems.getDefault().getPathMatcher("glob:" + text); // throws what says that it is none
        return true;
    }

    /** Whether more than one path may match. */
    public boolean hasWildcards() {
        return isWild(text);
    }

    /** The folder that it names before its first wildcard; the path itself where there is none. */
    public Path folder() {
        Path named = Path.of("/");
        for (Path name : Path.of(text)) {
            if (isWild(name.toString())) {
                return named;
            }
            named = named.resolve(name);
        }
        return named;
    }

    /** A path itself, whether there is anything or not; of a pattern those that match, by name. */
    public List<Path> paths() throws IOException {
        if (!hasWildcards()) {
            return List.of(Path.of(text));
        }
        List<Path> found = List.of(Path.of("/"));
        for (Path name : Path.of(text)) {
            found = descend(found, name.toString());
        }
        return found;
    }

    /** Tells which paths match; a path without wildcards is matched by itself alone. */
    public PathMatcher matcher() {
        return FileSystems.getDefault().getPathMatcher("glob:" + Path.of(text));
    }

    private static List<Path> descend(List<Path> folders, String name) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path folder : folders) {
            if (isWild(name)) {
                found.addAll(matching(folder, name));
            } else {
                found.add(folder.resolve(name));
            }
        }
        return found;
    }

    private static List<Path> matching(Path folder, String name) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> matching = Files.newDirectoryStream(folder, name)) {
            matching.forEach(found::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        found.sort(Comparator.naturalOrder());
        return found;
    }

    private static boolean isWild(String text) {
        return text.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }
}
