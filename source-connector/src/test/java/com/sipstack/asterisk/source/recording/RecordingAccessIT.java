package com.sipstack.asterisk.source.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.model.RecordingReceipt.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
        Map<String, String> younger = Map.of("max.age.ms", "" + age(locked).toMillis());
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

    @Test
    void inAnothersFolderNothingIsMovedAndNothingSentTwice() throws Exception {
        Path file = write("21/a.wav");
        giveAway(file.getParent());

        whatIsAcceptedStays(file, "move", () -> takeBack(file.getParent()));

        assertThat(file.resolveSibling(".processed/a.wav")).exists();
    }

    @Test
    void onAReadOnlyMountNothingIsDeletedAndNothingSentTwice() throws Exception {
        assumeTrue(mount("-t", "tmpfs", "tmpfs"), "nothing can be mounted here");
        try {
            Path file = write("21/a.wav");
            assertThat(mount("-o", "remount,ro")).isTrue();

            whatIsAcceptedStays(file, "delete", () -> mount("-o", "remount,rw"));
        } finally {
            assertThat(RestrictedProcess.succeeds(List.of("umount", root.toString())))
                    .isTrue();
        }
    }

    /** Sees a file sent, accepted and left, also by the next process, until it can be put away. */
    private void whatIsAcceptedStays(Path file, String afterUpload, Step makeWritable) throws Exception {
        Map<String, String> settings = Map.of("after.upload", afterUpload);
        RecordingFile recording = new RecordingFile(root, file);
        FileVersion version = recording.version();
        try (ReceiptTopic receipts = ReceiptTopic.create(broker, prefix)) {
            whileRunning(settings, () -> {
                until(() -> assertThat(output.names()).containsExactly("a.wav"));
                receipts.write(recording, version, Outcome.ACCEPTED, null);
                until(() -> assertThat(output.lastScan()).containsEntry("read-only", "true"));
                awaitScans();
            });
            whileRunning(settings, () -> {
                until(() -> assertThat(output.lastScan()).containsEntry("read-only", "true"));
                awaitScans();
                assertThat(file).exists();
                makeWritable.take();
                until(() -> assertThat(file).doesNotExist());
                until(() -> assertThat(output.lastScan()).containsEntry("read-only", "false"));
            });
        }
        assertThat(output.names()).containsExactly("a.wav");
        assertThat(warnings()).hasSize(2); // of each process one
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
        Process task = RestrictedProcess.of(TaskProcess.command(settings, "128m"), folder)
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

    private boolean mount(String... options) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("mount"));
        command.addAll(List.of(options));
        command.add(root.toString());
        return RestrictedProcess.succeeds(command);
    }
}
