package com.sipstack.asterisk.source.recording;

import com.sipstack.asterisk.source.fleet.FileRoots;
import com.sipstack.asterisk.source.fleet.PathPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folders of a PBX that are there at the moment. For one thread. */
final class Roots {
    private static final Logger LOG = LoggerFactory.getLogger(Roots.class);

    private final String pbx;
    private final List<PathPattern> patterns;
    private List<Path> present = List.of();
    private String missing = "";

    Roots(String pbx, List<PathPattern> patterns) {
        this.pbx = pbx;
        this.patterns = patterns;
    }

    /** Looks which there are. False if one that is named is missing. */
    boolean look() {
        List<Path> found = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        for (PathPattern pattern : patterns) {
            try {
                // What a wildcard stands for may not be there yet; the folder that is named before it has to be
                if (!Files.isDirectory(pattern.folder())) {
                    absent.add(pattern.text());
                }
                for (Path root : pattern.paths()) {
                    FileRoots.fromEnvironment().require(root);
                    if (Files.isDirectory(root)) {
                        found.add(root);
                    }
                }
            } catch (IOException e) {
                absent.add(pattern.text() + " (" + e.getClass().getSimpleName() + ")");
            }
        }
        present = found;
        tell(String.join(", ", absent));
        return absent.isEmpty();
    }

    List<Path> present() {
        return present;
    }

    /** The file of a recording; empty if it is under no root that is there, or its name is no text of this worker's encoding. */
    Optional<RecordingFile> file(String origin) {
        Path path;
        try {
            path = Path.of(origin);
        } catch (InvalidPathException e) {
            return Optional.empty(); // it was sent where LANG was another
        }
        return present.stream()
                .filter(root -> path.startsWith(root) && path.normalize().equals(path) && !path.equals(root))
                .findFirst()
                .map(root -> new RecordingFile(root, path));
    }

    private void tell(String absent) {
        if (!absent.equals(missing)) {
            LOG.warn("PBX {}: folders that are missing: {}", pbx, absent.isEmpty() ? "none any more" : absent);
            missing = absent;
        }
    }
}
