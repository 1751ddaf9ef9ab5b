package com.sipstack.asterisk.source.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.model.RecordingReceipt.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders and files that the worker may not read, or not write to. */
class RecordingAccessIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int NOBODY = 65_534;
    private static final AtomicInteger PREFIXES = new AtomicInteger();
    private static EmbeddedBroker broker;

    @TempDir
    private Path folder;

    private Path root;
    private TaskOutput output;
    private String prefix;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.startTemporary();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void nameAll() throws IOException {
        root = Files.createDirectory(folder.resolve("monitor"));
        output = new TaskOutput(folder.resolve("out"));
        prefix = "access" + PREFIXES.incrementAndGet();
    }

    @Test
    void whatCannotBeReadHoldsUpNothingAndGoesOnceItCan() throws Exception {
        Path sent = write("19/sent.wav");
        Path locked = permit(write("21/locked.wav"), "---------");
        Path hidden = write("20/hidden.wav");
        permit(hidden.getParent(), "---------");
        permit(Files.createDirectory(root.resolve("lost+found")), "---------");
        Files.setLastModifiedTime(write("21/years-ago.wav"), FileTime.fromMillis(0));
        write("21/readable.wav");

        whileRunning(Map.of(), () -> {
            until(() -> assertThat(output.names()).containsExactlyInAnyOrder("sent.wav", "readable.wav"));
            awaitScans();
            assertThat(output.lastScan()).containsEntry("unreadable", "2").containsEntry("healthy", "false");
        });
        permit(sent.getParent(), "---------");
        // They were younger when it was last seen what there is, and are too old since
        Map<String, String> younger =
                Map.of("max.age.ms", "" + Math.max(1000, age(locked).toMillis()));
        whileRunning(younger, () -> {
            awaitScans();
            assertThat(output.lastScan()).containsEntry("unreadable", "3");
            permit(locked, "rw-------");
            permit(hidden.getParent(), "rwx------");
            permit(sent.getParent(), "rwx------");
            until(() -> assertThat(output.names()).contains("locked.wav", "hidden.wav"));
            awaitScans();
            assertThat(output.lastScan()).containsEntry("unreadable", "0").containsEntry("healthy", "true");
        });

        assertThat(output.names()).containsExactlyInAnyOrder("sent.wav", "readable.wav", "locked.wav", "hidden.wav");
        assertThat(warnings()).hasSize(2 * 2); // of each process one of files, and one of folders
    }

    /** In a folder of another user, and on a read-only mount where one can be made; neither move nor delete. */
    @Test
    void whereNothingMayBeWrittenNothingIsPutAwayAndNothingSentTwice() throws Exception {
        Path mount = Files.createDirectory(root.resolve("mount"));
        boolean isMounted = done("mount", "-t", "tmpfs", "tmpfs", mount.toString());
        try (ReceiptTopic receipts = ReceiptTopic.create(broker, prefix)) {
            List<Path> files = List.of(write("another/a.wav"), write("mount/b.wav"));
            giveAway(root.resolve("another"));
            assertThat(!isMounted || done("mount", "-o", "remount,ro", mount.toString()))
                    .isTrue();
            if (!isMounted) {
                giveAway(mount);
            }
            areAcceptedAndStay(files, receipts);
            whileRunning(Map.of("after.upload", "delete"), () -> {
                awaitScans();
                assertThat(output.lastScan()).containsEntry("read-only", "true");
                assertThat(files).allSatisfy(file -> assertThat(file).exists());
                assertThat(!isMounted || done("mount", "-o", "remount,rw", mount.toString()))
                        .isTrue();
                takeBack(root.resolve("another"));
                takeBack(mount);
                until(() -> assertThat(files).noneMatch(Files::exists));
                until(() -> assertThat(output.lastScan()).containsEntry("read-only", "false"));
            });
        } finally {
            assertThat(!isMounted || done("umount", mount.toString())).isTrue();
        }
        assertThat(output.names()).containsExactlyInAnyOrder("a.wav", "b.wav");
        assertThat(warnings()).hasSize(2); // of each process one
    }

    private void areAcceptedAndStay(List<Path> files, ReceiptTopic receipts) throws Exception {
        whileRunning(Map.of("after.upload", "move"), () -> {
            until(() -> assertThat(output.names()).containsExactlyInAnyOrder("a.wav", "b.wav"));
            for (Path path : files) {
                RecordingFile file = new RecordingFile(root, path);
                receipts.write(file, file.version(), Outcome.ACCEPTED, null);
            }
            until(() -> assertThat(output.lastScan()).containsEntry("read-only", "true"));
            awaitScans();
        });
    }

    private interface Step {
        void take() throws Exception;
    }

    /** In a process that root's rights do not help. */
    private void whileRunning(Map<String, String> more, Step step) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "pbxs",
                "east",
                "recording.paths",
                root.toString(),
                "min.age.ms",
                "0",
                "stability.check.ms",
                "10",
                "check.interval.ms",
                "50",
                "topic.prefix",
                prefix,
                "value.converter",
                RecordingSourceConfig.BYTES_CONVERTER,
                "state.directory",
                folder.resolve("state").toString(),
                "kafka.bootstrap.servers",
                broker.bootstrapServers()));
        settings.putAll(more);
        Process task = RestrictedProcess.of(
                        TaskProcess.command(settings, "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                        folder)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.file().toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        try {
            step.take();
        } finally {
            task.destroy();
            task.waitFor();
        }
    }

    private static void until(ThrowingRunnable assertion) {
        Awaitility.await().atMost(LIMIT).untilAsserted(assertion);
    }

    /** Until all folders were looked through twice from now on. */
    private void awaitScans() throws IOException {
        long before = scanned();
        until(() -> assertThat(scanned()).isGreaterThanOrEqualTo(before + 2));
    }

    private long scanned() throws IOException {
        return output.scans().size();
    }

    private List<String> warnings() throws IOException {
        return Files.readAllLines(log()).stream()
                .filter(line -> line.contains("WARN") && line.contains("PBX east"))
                .toList();
    }

    private Path log() {
        return folder.resolve("log");
    }

    private Path write(String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, RecordedCalls.ANSWERED.bytes());
    }

    private static Duration age(Path file) throws IOException {
        return Duration.between(Files.getLastModifiedTime(file).toInstant(), Instant.now());
    }

    private static Path permit(Path path, String permissions) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private void giveAway(Path path) throws IOException {
        if (RestrictedProcess.isRoot(folder)) {
            Files.setAttribute(path, "unix:uid", NOBODY);
            permit(path, "rwxr-xr-x");
        } else {
            permit(path, "r-xr-xr-x");
        }
    }

    private void takeBack(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", Files.getAttribute(folder, "unix:uid"));
        permit(path, "rwxr-xr-x");
    }

    private static boolean done(String... command) throws InterruptedException {
        return RestrictedProcess.succeeds(List.of(command));
    }
}
