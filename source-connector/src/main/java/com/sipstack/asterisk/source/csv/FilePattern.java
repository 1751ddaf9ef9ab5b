package com.sipstack.asterisk.source.csv;

import com.sipstack.asterisk.source.fleet.PathPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
     * of others and without those that repeat what stands in a Master.csv beside them. Asterisk makes a file that was rotated anew with
     * its next row only: until then a file that is followed counts, and so does a Master.csv of which rotated files are there.
     *
     * @param followed what was found before, by this pattern or others
     */
    List<Path> files(Collection<Path> followed) throws IOException {
        PathPattern pattern = new PathPattern(text);
        List<Path> found = pattern.paths();
        if (!pattern.hasWildcards()) {
            return found;
        }
        PathMatcher matcher = pattern.matcher();
        Set<Path> files =
                new TreeSet<>(found.stream().filter(Files::isRegularFile).toList());
        followed.stream().filter(matcher::matches).forEach(files::add);
        files.addAll(rotatedMasters(files, matcher));
        return withoutRepetitions(files);
    }

    /** Those beside files, whether they are there or not. */
    private static Set<Path> rotatedMasters(Set<Path> files, PathMatcher matcher) throws IOException {
        Set<Path> masters = files.stream()
                .map(file -> file.resolveSibling(MASTER))
                .filter(master -> matcher.matches(master) && !files.contains(master))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<Path> rotated = new TreeSet<>();
        for (Path master : masters) {
            if (!new RotatedFiles(master).list().isEmpty()) {
                rotated.add(master);
            }
        }
        return rotated;
    }

    private static List<Path> withoutRepetitions(Set<Path> files) {
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
