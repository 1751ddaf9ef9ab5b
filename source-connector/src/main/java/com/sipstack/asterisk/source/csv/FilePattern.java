package com.sipstack.asterisk.source.csv;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A path that may have wildcards in the names of folders and files, but not across folders.
 *
 * @param text absolute
 */
record FilePattern(String text) {
    private static final String MASTER = "Master.csv";

    /** Whether a text is one. */
    static boolean isOne(String text) {
        if (!text.startsWith("/") || text.contains("**") || text.endsWith("/")) {
            return false;
        }
        FileSystems.getDefault().getPathMatcher("glob:" + text); // throws what says that it is none
        return true;
    }

    /** Whether more than one file may match. */
    boolean hasWildcards() {
        return isWild(text);
    }

    /**
     * The files to follow: a path itself, whether it is there or not; of a pattern those that match, without those that rotation made
     * of others and without those that repeat what stands in a Master.csv beside them.
     */
    List<Path> files() throws IOException {
        if (!hasWildcards()) {
            return List.of(Path.of(text));
        }
        List<Path> found = List.of(Path.of("/"));
        for (Path name : Path.of(text)) {
            found = descend(found, name.toString());
        }
        return withoutRepetitions(found.stream().filter(Files::isRegularFile).toList());
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

    private static List<Path> withoutRepetitions(List<Path> files) {
        Set<Path> masters = files.stream()
                .filter(file -> file.endsWith(MASTER))
                .map(Path::getParent)
                .collect(Collectors.toUnmodifiableSet());
        return files.stream()
                .filter(file -> file.endsWith(MASTER) || !masters.contains(file.getParent()))
                .filter(file -> files.stream().noneMatch(other -> isRotatedFrom(file, other)))
                .toList();
    }

    private static boolean isRotatedFrom(Path file, Path other) {
        return !file.equals(other)
                && file.getParent().equals(other.getParent())
                && new RotatedFiles(other).isNameOfOne(file);
    }

    private static boolean isWild(String text) {
        return text.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }
}
