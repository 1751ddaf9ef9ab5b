package com.sipstack.asterisk.source.csv;

import com.sipstack.asterisk.source.fleet.PathPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The path of a file, or a pattern of such paths.
 *
 * @param text absolute
 */
record FilePattern(String text) {
    private static final String MASTER = "Master.csv";

    /** Whether more than one file may match. */
    boolean hasWildcards() {
        return new PathPattern(text).hasWildcards();
    }

    /**
     * The files to follow: a path itself, whether it is there or not; of a pattern those that match, without those that rotation made
     * of others and without those that repeat what stands in a Master.csv beside them.
     */
    List<Path> files() throws IOException {
        List<Path> found = new PathPattern(text).paths();
        return hasWildcards()
                ? withoutRepetitions(found.stream().filter(Files::isRegularFile).toList())
                : found;
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
}
