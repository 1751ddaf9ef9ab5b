package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.model.Recording;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Recordings in folders that this worker sees, too. */
final class RecordingFiles implements AudioSource {
    private final RecordingFilesConfig config;

    RecordingFiles(RecordingFilesConfig config) {
        this.config = config;
    }

    @Override
    public Optional<Audio> open(Recording recording) throws AudioException {
        Path file = file(recording);
        try {
            requireUnchanged(file, recording);
            FileChannel content = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            return Optional.of(new Audio(
                    content,
                    recording.fileSize(),
                    Optional.ofNullable(recording.sha256()),
                    () -> requireUnchanged(file, recording),
                    false,
                    content));
        } catch (AudioException e) {
            throw e;
        } catch (IOException e) {
            throw away(recording, e);
        }
    }

    /** The file itself, whatever links lead there. */
    private Path file(Recording recording) throws AudioException {
        try {
            Path file = config.mapping()
                    .local(recording.provenance().pbx(), recording.filePath())
                    .toAbsolutePath();
            // Before any link is followed, so that a name outside is refused even while nothing is there
            requireInside(config.isInside(file.normalize()), recording);
            Path real = file.toRealPath();
            requireInside(config.isReallyInside(real), recording);
            return real;
        } catch (InvalidPathException e) {
            throw AudioException.unusable("the recording's path is none on this worker", recording.filePath());
        } catch (AudioException e) {
            throw e;
        } catch (IOException e) {
            throw away(recording, e);
        }
    }

    private void requireInside(boolean inside, Recording recording) throws AudioException {
        if (!inside) {
            throw AudioException.unusable(
                    "the recording's file lies outside of " + RecordingFilesConfig.ROOTS, recording.filePath());
        }
    }

    private static void requireUnchanged(Path file, Recording recording) throws AudioException {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!now.isRegularFile()
                    || now.size() != recording.fileSize()
                    || now.lastModifiedTime().to(TimeUnit.MICROSECONDS) != recording.modifiedTime()) {
                throw AudioException.unusable(
                        "the recording's file is not the one that was found: it has changed since",
                        recording.filePath());
            }
        } catch (AudioException e) {
            throw e;
        } catch (IOException e) {
            throw away(recording, e);
        }
    }

    private static AudioException away(Recording recording, IOException cause) {
        return AudioException.away("the recording's file cannot be read", recording.filePath(), cause);
    }
}
