package com.sipstack.asterisk.source.csv;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The files that rotation made of one that Asterisk writes, in the same folder: {@code Master.csv.1}, {@code Master.csv-20261122},
 * {@code Master-20261122.csv}, {@code Master.1.csv}, each perhaps with {@code .gz}. Immutable.
 */
final class RotatedFiles {
    private static final Pattern NUMBER = Pattern.compile("\\.(\\d{1,4})(?:\\.gz)?$");

    private final Path active;
    private final Pattern names;

    RotatedFiles(Path active) {
        this.active = active;
        String name = active.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String extension = dot > 0 ? name.substring(dot) : "";
        this.names = Pattern.compile(Pattern.quote(name) + "[-._].+|" + Pattern.quote(stem) + "[-._]\\d[-\\dTZ:_.]*"
                + Pattern.quote(extension) + "(\\.gz)?");
    }

    /**
     * A rotated file.
     *
     * @param modified when it was last written to; compressing keeps it
     */
    record Rotated(Path path, String key, Instant modified) implements Comparable<Rotated> {
        private static final Comparator<Rotated> OLDEST_FIRST =
                Comparator.comparing(Rotated::modified).thenComparing(Rotated::byName);

        /** Of files of the same moment, the one that was rotated first: dates rise with time, but the oldest number is the largest. */
        @Override
        public int compareTo(Rotated other) {
            return OLDEST_FIRST.compare(this, other);
        }

        private static int byName(Rotated one, Rotated other) {
            Matcher number = NUMBER.matcher(one.path().toString());
            Matcher otherNumber = NUMBER.matcher(other.path().toString());
            return number.find() && otherNumber.find()
                    ? Integer.compare(Integer.parseInt(otherNumber.group(1)), Integer.parseInt(number.group(1)))
                    : one.path().compareTo(other.path());
        }

        boolean isCompressed() {
            return path.toString().endsWith(FileContent.Compressed.SUFFIX);
        }
    }

    boolean isNameOfOne(Path other) {
        return names.matcher(other.getFileName().toString()).matches();
    }

    /** All there are, that written to longest ago first. A compressed file does not count while its original is there. */
    List<Rotated> list() throws IOException {
        Optional<List<Rotated>> files = look();
        while (files.isEmpty()) {
            files = look();
        }
        Set<String> all =
                files.get().stream().map(file -> file.path().toString()).collect(Collectors.toUnmodifiableSet());
        return files.get().stream()
                .filter(file -> !file.isCompressed() || !all.contains(withoutSuffix(file)))
                .sorted()
                .toList();
    }

    /** Empty if a file was renamed, compressed or deleted during the look, so that what was seen never was. */
    private Optional<List<Rotated>> look() throws IOException {
        List<Rotated> files = new ArrayList<>();
        try (DirectoryStream<Path> folder = Files.newDirectoryStream(active.getParent(), this::isNameOfOne)) {
            for (Path path : folder) {
                attributes(path).filter(BasicFileAttributes::isRegularFile).ifPresent(attributes -> {
                    Instant modified = attributes.lastModifiedTime().toInstant();
                    files.add(new Rotated(path, FileContent.keyOf(attributes), modified));
                });
            }
            return Optional.of(files);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Files.isDirectory(active.getParent()) ? Optional.empty() : Optional.of(List.of());
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Empty of a link that leads nowhere, or to itself: no later look finds more. */
    private static Optional<BasicFileAttributes> attributes(Path path) throws IOException {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class));
        } catch (AccessDeniedException e) {
            throw e;
        } catch (FileSystemException e) {
            if (Files.isSymbolicLink(path)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String withoutSuffix(Rotated file) {
        String path = file.path().toString();
        return path.substring(0, path.length() - FileContent.Compressed.SUFFIX.length());
    }
}
