package com.sipstack.asterisk.allinone;

import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Where a one-process installation keeps everything. One process at a time holds it. It knows whether the last one stopped in
 * order: there is one replica and no fsync, so that after a power failure the last seconds may be missing, and the sources must
 * step back.
 */
final class DataDirectory implements AutoCloseable {
    /** Name of the instant before which a source's offsets are not to be trusted. */
    static final String REWIND_BEFORE = "rewind.before";

    private static final String LOCK = "lock";
    private static final String PBX = "pbx";
    private static final String TAKEN = "taken.properties";
    private static final String KAFKA = "kafka";
    private static final String STATE = "state";
    private static final String RECORDINGS = "recordings";
    private static final String FOLDER = "rwx------";
    /** At the top of most file systems. */
    private static final String LOST_AND_FOUND = "lost+found";

    private final Path directory;
    private final FileChannel lockFile;
    private final FileLock lock;
    private final boolean stoppedInOrder;
    private boolean isPrepared;

    private DataDirectory(Path directory, FileChannel lockFile, FileLock lock) {
        this.directory = directory;
        this.lockFile = lockFile;
        this.lock = lock;
        this.stoppedInOrder = !Files.exists(runningMark());
    }

    /**
     * Takes hold of a directory, which is made if it is missing.
     *
     * @throws SettingsException if another process holds it, it cannot be written, or it is somebody else's
     */
    static DataDirectory open(Path path) throws SettingsException {
        Path directory = path.toAbsolutePath().normalize();
        try {
            requireOurs(directory);
            Files.createDirectories(directory);
            protect(directory);
            FileChannel lockFile = FileChannel.open(
                    directory.resolve(LOCK),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            FileLock lock = tryLock(lockFile);
            if (lock == null) {
                String holder = Files.readString(directory.resolve(LOCK)).strip();
                lockFile.close();
                throw new SettingsException("--data " + directory + " is in use by process " + holder
                        + ". Stop it first, or give this one a directory of its own.");
            }
            lockFile.truncate(0);
            lockFile.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
            return new DataDirectory(directory, lockFile, lock);
        } catch (IOException e) {
            throw new SettingsException("--data " + directory + " cannot be used: " + Reason.of(e));
        }
    }

    /** The PBX's name in the last run that had its settings right; empty if there was none. */
    static Optional<String> lastPbx(Path path) throws SettingsException {
        Path file = path.resolve(PBX);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            throw new SettingsException("--data " + path + " cannot be used: " + Reason.of(e));
        }
    }

    /** What was read of a PBX is remembered by its name. Not written again: on a full disk nothing would be left of it. */
    void rememberPbx(String name) throws IOException, SettingsException {
        if (!lastPbx(directory).equals(Optional.of(name))) {
            Files.writeString(directory.resolve(PBX), name);
        }
    }

    Path kafka() {
        return directory.resolve(KAFKA);
    }

    Path state() {
        return directory.resolve(STATE);
    }

    /** Where it is remembered what was done with which recording. */
    Path recordings() {
        return directory.resolve(RECORDINGS);
    }

    /** Where the secrets are, and the rewind: read by Connect's file provider. */
    Path runSettings() {
        return directory.resolve("run.properties");
    }

    /** Whether the process that held the directory before stopped in order, or there was none. */
    boolean stoppedInOrder() {
        return stoppedInOrder;
    }

    /**
     * Writes what the connectors of this run refer to, and marks the directory as in use until {@link #markStopped}.
     *
     * @param now counts as the time of the start
     */
    void prepareRun(Map<String, String> secrets, Instant now) throws IOException {
        Properties settings = new Properties();
        settings.putAll(secrets);
        settings.put(REWIND_BEFORE, stoppedInOrder ? earlierRewind() : now.toString());
        replace(runSettings(), settings, "Written at each start; holds secrets");
        Files.writeString(runningMark(), now.toString());
        isPrepared = true;
    }

    /**
     * Whether a connector was taken with these very settings when it was last started.
     *
     * @param fingerprint of its settings and their secrets
     */
    boolean hasTaken(String connector, String fingerprint) throws IOException {
        return fingerprint.equals(taken().getProperty(connector));
    }

    /** Connectors were taken with these settings, by their fingerprints. */
    void rememberTaken(Map<String, String> fingerprints) throws IOException {
        Properties taken = taken();
        Properties now = new Properties();
        now.putAll(taken);
        now.putAll(fingerprints);
        if (!now.equals(taken)) {
            replace(directory.resolve(TAKEN), now, "With what settings connectors were last taken");
        }
    }

    private Properties taken() throws IOException {
        return read(directory.resolve(TAKEN));
    }

    /** To be called when everything has been written and closed. A crash stays one until a run was prepared that makes up for it. */
    void markStopped() throws IOException {
        if (isPrepared) {
            Files.deleteIfExists(runningMark());
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        lockFile.close();
    }

    /** A rewind that was asked for stays asked for: an offset that was written after it is not touched by it. */
    private String earlierRewind() throws IOException {
        return read(runSettings()).getProperty(REWIND_BEFORE, "");
    }

    private static Properties read(Path file) throws IOException {
        Properties settings = new Properties();
        if (Files.exists(file)) {
            try (var in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                settings.load(in);
            }
        }
        return settings;
    }

    /** There is either the whole file or the one before, also on a full disk. */
    private void replace(Path file, Properties settings, String comment) throws IOException {
        Path fresh = Files.createTempFile(directory, "run", ".new");
        try {
            protect(fresh, "rw-------");
            try (Writer out = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
                settings.store(out, comment);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh); // is there only if it could not be written or moved
        }
    }

    private Path runningMark() {
        return directory.resolve("running");
    }

    /** Our folder is closed to all others, which a folder with other things in it must not be. */
    private static void requireOurs(Path directory) throws IOException, SettingsException {
        if (!Files.exists(directory) || Files.exists(directory.resolve(LOCK))) {
            return;
        }
        try (Stream<Path> others = Files.list(directory)) {
            if (others.anyMatch(path -> !path.endsWith(LOST_AND_FOUND))) {
                throw new SettingsException("--data " + directory
                        + " holds other things already: name a folder that is empty, or is not there yet.");
            }
        }
    }

    private static FileLock tryLock(FileChannel lockFile) throws IOException {
        try {
            return lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** A volume's folder may be its owner's, and ours only by a group, as on Kubernetes: then what lies in it is closed to others. */
    private static void protect(Path directory) throws IOException {
        try {
            protect(directory, FOLDER);
        } catch (FileSystemException e) {
            if (Files.getOwner(directory).equals(ourselves(directory))) {
                throw e;
            }
            for (String part : List.of(KAFKA, STATE, RECORDINGS)) {
                protect(Files.createDirectories(directory.resolve(part)), FOLDER);
            }
        }
    }

    private static UserPrincipal ourselves(Path directory) throws IOException {
        Path file = Files.createTempFile(directory, "owner", null);
        try {
            return Files.getOwner(file);
        } finally {
            Files.delete(file);
        }
    }

    private static void protect(Path path, String permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }
}
