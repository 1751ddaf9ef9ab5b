package com.sipstack.asterisk.source.csv;

import com.sipstack.asterisk.source.csv.CsvSourceOffset.Identity;
import com.sipstack.asterisk.source.csv.RotatedFiles.Rotated;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the file that Asterisk writes to, and finds those that it wrote to before. For one thread. */
final class FileSearch {
    private static final Logger LOG = LoggerFactory.getLogger(FileSearch.class);

    private final Path active;
    private final RotatedFiles rotated;
    private final byte[] head;
    /** Of which the log has said so. */
    private final Set<Path> passedOver = new HashSet<>();

    /** @param head room for a fingerprint's block; others may use it between calls */
    FileSearch(Path active, byte[] head) {
        this.active = active;
        this.rotated = new RotatedFiles(active);
        this.head = head;
    }

    /**
     * An open file.
     *
     * @param fingerprint empty while it has no whole row
     * @param isActive whether it was found under the name that Asterisk writes to
     */
    record Opened(FileContent content, Optional<Fingerprint> fingerprint, Instant modified, boolean isActive) {}

    /** What is now under the name that Asterisk writes to; empty if nothing is. */
    Optional<BasicFileAttributes> activeNow() throws IOException {
        try {
            return Optional.of(Files.readAttributes(active, BasicFileAttributes.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    Optional<Opened> active() throws IOException {
        try {
            Instant modified = Files.getLastModifiedTime(active).toInstant();
            FileContent content = FileContent.Plain.openPlain(active);
            return Optional.of(new Opened(content, fingerprint(content, false), modified, true));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Whether there is neither the file nor a rotated one, as if the folder were not mounted. */
    boolean isNothingThere() throws IOException {
        return activeNow().isEmpty() && rotated.list().isEmpty();
    }

    /** The file of that identity, under whatever name; one of the same inode is looked at first. */
    Optional<Opened> known(Identity identity) throws IOException {
        Optional<Opened> current = active();
        if (current.isPresent()) {
            if (begins(current.get().content(), identity.fingerprint())) {
                return current;
            }
            current.get().content().close();
        }
        List<Rotated> files = new ArrayList<>(rotated.list());
        files.sort(Comparator.comparing(file -> !file.key().equals(identity.key())));
        return firstThat(files, content -> begins(content, identity.fingerprint()));
    }

    /** A copy that was made of a file before it was emptied, at least as long as it was read. */
    Optional<Opened> copyOf(Identity identity, long position) throws IOException {
        return firstThat(
                rotated.list(),
                content -> !content.key().equals(identity.key())
                        && begins(content, identity.fingerprint())
                        && reaches(content, position));
    }

    /**
     * The file to read after all others of before: a rotated one, else that which Asterisk writes to.
     *
     * @param isLater whether a file was rotated after those
     * @param isFinished whether a file was read already
     */
    Optional<Opened> next(Predicate<Rotated> isLater, Predicate<Fingerprint> isFinished) throws IOException {
        Optional<Opened> older = nextRotated(isLater, isFinished, "");
        if (older.isPresent()) {
            return older;
        }
        Optional<Opened> current = active();
        if (current.isEmpty()) {
            return current;
        }
        // It may have taken the name between the two looks from a file that was not among the rotated ones then
        Optional<Opened> missed =
                nextRotated(isLater, isFinished, current.get().content().key());
        if (missed.isPresent()) {
            current.get().content().close();
        }
        return missed.isPresent() ? missed : current;
    }

    /** What became of a file when it was rotated: its name and when it was last written to; empty if it is gone. */
    Optional<Rotated> rotated(Identity identity) throws IOException {
        List<Rotated> files = rotated.list();
        for (Rotated file : files) {
            if (file.key().equals(identity.key())) {
                return Optional.of(file);
            }
        }
        for (Rotated file : files) {
            Optional<Opened> same = openIf(file, content -> begins(content, identity.fingerprint()));
            if (same.isPresent()) {
                same.get().content().close();
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    boolean begins(FileContent content, Fingerprint fingerprint) throws IOException {
        return fingerprint.matches(head, content.read(head, fingerprint.length(), 0));
    }

    boolean reaches(FileContent content, long position) throws IOException {
        return position == 0 || content.read(head, 1, position - 1) == 1;
    }

    private Optional<Opened> nextRotated(
            Predicate<Rotated> isLater, Predicate<Fingerprint> isFinished, String otherThan) throws IOException {
        List<Rotated> candidates = rotated.list().stream()
                .filter(isLater)
                .filter(file -> !file.key().equals(otherThan))
                .toList();
        return firstThat(
                candidates,
                content -> fingerprint(content, true)
                        .filter(known -> !isFinished.test(known))
                        .isPresent());
    }

    private interface Check {
        boolean holds(FileContent content) throws IOException;
    }

    private Optional<Opened> firstThat(List<Rotated> files, Check check) throws IOException {
        for (Rotated file : files) {
            Optional<Opened> opened = openIf(file, check);
            if (opened.isPresent()) {
                return opened;
            }
        }
        return Optional.empty();
    }

    private Optional<Opened> openIf(Rotated file, Check check) throws IOException {
        try {
            FileContent content = FileContent.open(file.path());
            if (check.holds(content)) {
                return Optional.of(new Opened(content, fingerprint(content, true), file.modified(), false));
            }
            content.close();
        } catch (NoSuchFileException e) {
            LOG.debug("{} went while it was being looked at", file.path());
        } catch (ZipException | EOFException e) {
            if (passedOver.add(file.path())) {
                LOG.warn(
                        "{} is no compressed file that can be read, and is passed over: {}",
                        file.path(),
                        e.getMessage());
            }
        }
        return Optional.empty();
    }

    private Optional<Fingerprint> fingerprint(FileContent content, boolean isFinal) throws IOException {
        return Fingerprint.of(head, content.read(head, Fingerprint.BLOCK, 0), isFinal);
    }
}
