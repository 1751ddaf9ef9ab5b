package com.sipstack.asterisk.source.recording;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Takes from commands what only root may do: reading and writing whatever the permissions say. */
final class RestrictedProcess {
    private static final List<String> WITHOUT_RIGHTS =
            List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");

    private RestrictedProcess() {}

    /** The test is skipped where permissions bind nobody. */
    static ProcessBuilder of(List<String> command, Path folder) throws IOException, InterruptedException {
        if (!isRoot(folder)) {
            return new ProcessBuilder(command);
        }
        assumeTrue(succeeds(restricted(List.of("true"))), "root cannot give its rights away here");
        return new ProcessBuilder(restricted(command));
    }

    /** @param folder of this process's own */
    static boolean isRoot(Path folder) throws IOException {
        return Files.getAttribute(folder, "unix:uid").equals(0);
    }

    /** Whether a command can be run and ends with 0. */
    static boolean succeeds(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return false; // there is no such command
        }
    }

    private static List<String> restricted(List<String> command) {
        List<String> all = new ArrayList<>(WITHOUT_RIGHTS);
        all.addAll(command);
        return all;
    }
}
