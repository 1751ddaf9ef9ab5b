package com.sipstack.asterisk.source.recording;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Goes through a root folder by folder, and holds no more than the names of one folder's folders. Links are not followed. */
final class FolderWalk {
    /** Where files go that are done with. */
    static final String PROCESSED = ".processed";
    /** At the top of most file systems, for root alone: it has no recordings, and would always be told as unreadable. */
    private static final String LOST_AND_FOUND = "lost+found";

    private final Path root;
    private final Visitor visitor;

    FolderWalk(Path root, Visitor visitor) {
        this.root = root;
        this.visitor = visitor;
    }

    /** Told of what there is. */
    interface Visitor {
        void file(RecordingFile file, FileVersion version) throws InterruptedException;

        void link();

        /** The walk goes on elsewhere. */
        void unreadable(Path path, IOException fault);
    }

    void walk() throws InterruptedException {
        walk(root);
    }

    private void walk(Path folder) throws InterruptedException {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
            for (Path path : paths) {
                look(path, folders);
            }
        } catch (IOException e) {
            visitor.unreadable(folder, e);
        } catch (DirectoryIteratorException e) {
            visitor.unreadable(folder, e.getCause());
        }
        for (Path inner : folders) {
            walk(inner);
        }
    }

    private void look(Path path, List<Path> folders) throws InterruptedException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isRegularFile()) {
                visitor.file(new RecordingFile(root, path), FileVersion.of(attributes));
            } else if (attributes.isSymbolicLink()) {
                visitor.link();
            } else if (attributes.isDirectory() && !path.endsWith(PROCESSED) && !path.endsWith(LOST_AND_FOUND)) {
                folders.add(path);
            }
        } catch (NoSuchFileException e) {
            return; // renamed or deleted since: the next scan sees what became of it
        } catch (IOException e) {
            visitor.unreadable(path, e);
        }
    }
}
