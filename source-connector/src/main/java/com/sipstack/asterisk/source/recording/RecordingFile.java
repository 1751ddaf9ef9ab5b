package com.sipstack.asterisk.source.recording;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * A file under one of a PBX's roots.
 *
 * @param root as it is configured, which may be a link itself
 * @param path absolute, below the root
 */
record RecordingFile(Path root, Path path) {
    /** The path as text, by which the recording is known everywhere. */
    String origin() {
        return path.toString();
    }

    String name() {
        return path.getFileName().toString();
    }

    /** Whether the text leads back to the file: a name with bytes that are no text of this worker's encoding has none that does. */
    boolean hasName() {
        try {
            return Path.of(origin()).equals(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** @throws IOException if there is none, or a link on the way below the root */
    FileVersion version() throws IOException {
        requireInside();
        BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw new IOException("is no file");
        }
        return FileVersion.of(attributes);
    }

    /** @throws IOException if it cannot be read, or leads elsewhere */
    SeekableByteChannel open() throws IOException {
        requireInside();
        return Files.newByteChannel(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    /** No link below the root is followed: the walk finds no file beyond one either. */
    private void requireInside() throws IOException {
        Path folder = path.getParent();
        Path expected = root.toRealPath().resolve(root.relativize(folder)).normalize();
        if (!folder.toRealPath().equals(expected)) {
            throw new IOException("its folder is or contains a link that leads elsewhere");
        }
    }
}
