package com.sipstack.asterisk.source.fleet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * The folders that a worker lets connectors read files of: whoever may configure a connector could otherwise have any of the worker's
 * files written to a topic. Set for the worker, not for a connector: system property {@code sipstack.file.roots} or environment
 * variable {@code SIPSTACK_FILE_ROOTS}, paths with commas between; all may be read if neither is set.
 *
 * @param folders none if all may be read
 */
public record FileRoots(List<Path> folders) {
    private static final String PROPERTY = "sipstack.file.roots";
    private static final String VARIABLE = "SIPSTACK_FILE_ROOTS";

    public static FileRoots fromEnvironment() {
        String text = System.getProperty(PROPERTY, System.getenv().getOrDefault(VARIABLE, ""));
        return new FileRoots(Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .toList());
    }

    /** Whether a file, or what a link of that name leads to, may be read. */
    public boolean allow(Path path) {
        return folders.isEmpty()
                || folders.stream().anyMatch(folder -> real(path).startsWith(real(folder)));
    }

    /** @throws ConnectException if it may not be read */
    public void require(Path path) {
        if (!allow(path)) {
            throw new ConnectException(path + " is in none of the folders that the worker allows, " + folders);
        }
    }

    /** Of a file that is not there yet, the folder's. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            Path parent = path.getParent();
            return parent == null
                    ? path
                    : real(parent).resolve(path.getFileName()).normalize();
        }
    }
}
