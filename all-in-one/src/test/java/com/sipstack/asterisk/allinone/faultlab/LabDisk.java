package com.sipstack.asterisk.allinone.faultlab;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small disk of the broker's own that can be filled to the last byte. Where none can be mounted it is an ordinary folder. */
final class LabDisk implements AutoCloseable {
    private static final int PIECE = 64 * 1024;
    private static final String SIZE = "size=256m";

    private final Path folder;
    private final boolean isMounted;

    LabDisk(Path folder) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        this.isMounted = System.getProperty("user.name").equals("root")
                && run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", folder.toString()) == 0;
        if (!isMounted) {
            System.out.println("Fault lab: no disk is filled, because only root can mount one, on Linux");
        }
    }

    Path folder() {
        return folder;
    }

    boolean canFill() {
        return isMounted;
    }

    void fill() throws IOException {
        try (OutputStream ballast = Files.newOutputStream(ballast())) {
            while (true) {
                ballast.write(new byte[PIECE]);
            }
        } catch (IOException full) {
            if (Files.size(ballast()) == 0) {
                throw full; // it was not for want of space
            }
        }
    }

    void clear() throws IOException {
        Files.delete(ballast());
    }

    private Path ballast() {
        return folder.resolve("ballast.log");
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Override
    public void close() throws IOException {
        try {
            if (isMounted && run("umount", "-l", folder.toString()) != 0) {
                throw new IOException(folder + " stays mounted");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
