package com.sipstack.asterisk.source.debezium;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The archive that the build packs, as a carrier gets it. */
public final class PluginArchive {
    private static final Path PACKAGES = Path.of("target", "components", "packages");

    private PluginArchive() {}

    /** @return a folder for a worker's {@code plugin.path} */
    public static Path unpack() throws IOException {
        Path folder = Files.createTempDirectory("plugins");
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(PACKAGES, "*.zip")) {
            for (Path archive : archives) {
                unpack(archive, folder);
            }
        }
        return folder;
    }

    private static void unpack(Path archive, Path folder) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(in, file);
                }
            }
        }
    }
}
