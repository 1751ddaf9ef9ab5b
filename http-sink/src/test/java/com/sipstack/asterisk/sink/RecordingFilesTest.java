package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sipstack.asterisk.model.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import okio.Buffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are uploaded, on a real disk. */
class RecordingFilesTest {
    @TempDir
    private Path disk;

    private Path monitor;

    @BeforeEach
    void makeFolder() throws IOException {
        monitor = Files.createDirectory(disk.resolve("monitor"));
    }

    private Audio open(Recording recording, String... mapping) throws AudioException {
        return new RecordingFiles(
                        new RecordingFilesConfig(List.of(monitor), PathMapping.parse(List.of(mapping)), 1, List.of()))
                .open(recording)
                .orElseThrow();
    }

    private AudioException fault(Recording recording) {
        return catchThrowableOfType(AudioException.class, () -> open(recording));
    }

    @Test
    void aFileInAFolderIsSentAsItIs() throws IOException {
        Path file = Recordings.file(monitor, "in-6475550107.wav", 200_000);

        try (Audio audio = open(Recordings.found(file))) {
            AudioBody body = new AudioBody(audio, "in-6475550107.WAV", "");
            Buffer sent = new Buffer();
            body.writeTo(sent);

            assertThat(sent.readByteArray()).isEqualTo(Files.readAllBytes(file));
            assertThat(body.sentSha256()).isEqualTo(Recordings.sha256(file));
            assertThat(body.contentType()).hasToString("audio/wav");
            assertThat(body.contentLength()).isEqualTo(200_000);
        }
    }

    @Test
    void aPbxsPathIsLookedForWhereTheWorkerSeesIt() throws IOException {
        Path east = Files.createDirectories(monitor.resolve(Recordings.PBX).resolve("2026"));
        Path file = Recordings.file(east, "a.wav", 10);
        Recording here = Recordings.found(file);
        Recording onThePbx = new Recording(
                here.provenance(),
                "/var/spool/asterisk/monitor/2026/a.wav",
                here.fileName(),
                here.fileSize(),
                here.modifiedTime(),
                null,
                null,
                null,
                null,
                null,
                here.named(),
                here.audio(),
                here.custom());

        try (Audio audio = open(onThePbx, "/var=/nowhere", "/var/spool/asterisk/monitor/=" + monitor + "/{pbx}")) {
            assertThat(audio.bytes()).isEqualTo(10);
        }
    }

    @Test
    void aFileOutsideOfTheFoldersIsNeverOpened() throws IOException {
        Path secret = Recordings.file(disk, "secret.wav", 10);
        Path link = Files.createSymbolicLink(monitor.resolve("link.wav"), secret);
        Path way = Files.createSymbolicLink(monitor.resolve("way"), disk);

        for (Path path : List.of(secret, monitor.resolve("../secret.wav"), link, way.resolve("secret.wav"))) {
            AudioException fault = fault(Recordings.found(path));
            assertThat(fault.isLasting()).isTrue();
            assertThat(fault).hasMessageContaining("outside of file.roots");
        }
    }

    @Test
    void aLinkThatStaysInTheFolderIsFollowed() throws IOException {
        Path file = Recordings.file(monitor, "a.wav", 10);
        Path link = Files.createSymbolicLink(monitor.resolve("b.wav"), file);

        try (Audio audio = open(Recordings.found(link))) {
            assertThat(audio.bytes()).isEqualTo(10);
        }
    }

    @Test
    void aFileThatIsNotThereMayComeBackWithItsMount() throws IOException {
        Path file = Recordings.file(monitor, "a.wav", 10);
        Recording recording = Recordings.found(file);
        Files.delete(file);

        assertThat(fault(recording).isLasting()).isFalse();
        assertThat(fault(recording).failure().summary()).doesNotContain("a.wav");
    }

    @Test
    void aFileThatWasWrittenAgainIsAnother() throws IOException {
        Path file = Recordings.file(monitor, "a.wav", 10);
        Recording recording = Recordings.found(file);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));

        assertThat(fault(recording).isLasting()).isTrue();
        assertThat(fault(recording)).hasMessageContaining("changed");
    }

    @Test
    void aFileThatChangesWhileItIsSentIsNotSentToItsEnd() throws IOException {
        Path file = Recordings.file(monitor, "a.wav", 200_000);
        try (Audio audio = open(Recordings.found(file))) {
            AudioBody body = new AudioBody(audio, "a.wav", "");
            Files.write(file, new byte[100_000]);

            assertThat(catchThrowableOfType(AudioException.class, () -> body.writeTo(new Buffer())))
                    .hasMessageContaining("shorter");
            assertThat(body.fault()).isPresent();
            assertThat(body.sentSha256()).isNull();
        }
    }

    @Test
    void aFileThatIsNotWhatItsHashSaysIsNotSentToItsEnd() throws IOException {
        Path file = Recordings.file(monitor, "a.wav", 10);
        try (Audio audio =
                open(Recordings.found(file, "00", Recordings.found(file).audio()))) {
            AudioBody body = new AudioBody(audio, "a.xyz", "");

            assertThat(catchThrowableOfType(AudioException.class, () -> body.writeTo(new Buffer())))
                    .hasMessageContaining("sha256");
            assertThat(body.contentType()).hasToString("application/octet-stream");
        }
    }

    @Test
    void theNamesEndSaysWhatKindOfAudioItIs() throws Exception {
        Map<String, String> types = Map.of(
                "a.wav", "audio/wav",
                "a.WAV", "audio/wav",
                "a.mp3", "audio/mpeg",
                "a.gsm", "audio/gsm",
                "a.b.ogg", "audio/ogg",
                "a.opus", "audio/ogg",
                "a.ulaw", "application/octet-stream");
        Path file = Recordings.file(monitor, "a.wav", 10);
        try (Audio audio = open(Recordings.found(file))) {
            assertThat(types)
                    .allSatisfy((name, type) -> assertThat(new AudioBody(audio, name, "").contentType())
                            .hasToString(type));
        }
    }

    @Test
    void theSpoolHoldsNoMoreThanItMayAndLeavesNothingBehind() throws IOException {
        Path folder = Files.createDirectory(disk.resolve("spool"));
        Files.createFile(folder.resolve("sipstack-audio-left"));
        Spool spool = new Spool(new SpoolConfig(folder, 100));

        Spool.Place first = spool.take(60).orElseThrow();
        assertThat(spool.isFull()).isFalse();
        assertThat(spool.take(60)).isEmpty();
        assertThat(spool.isFull()).isTrue();
        assertThat(spool.usedBytes()).isEqualTo(60);
        assertThat(folder).isEmptyDirectory();
        first.close();
        first.close();
        assertThat(spool.isFull()).isFalse();
        assertThat(spool.usedBytes()).isZero();
        assertThat(spool.take(100)).isPresent();
        assertThat(spool.suits(101)).isFalse();
    }

    @Test
    void whileItsDiskIsFullTheSpoolHasNoRoom() throws Exception {
        Path small = Files.createDirectory(disk.resolve("small"));
        assumeTrue(
                isDone("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small.toString()), "nothing can be mounted");
        try {
            Spool spool = new Spool(new SpoolConfig(small, 1_000_000));
            Path others = Recordings.file(small, "others", 40_000);
            assertThat(spool.take(30_000)).isEmpty();
            assertThat(spool.isFull()).isTrue();
            Files.delete(others);

            try (Spool.Place place = spool.take(30_000).orElseThrow()) {
                assertThat(place.content().size()).isZero();
                assertThat(spool.isFull()).isFalse();
            }
        } finally {
            assertThat(isDone("umount", small.toString())).isTrue();
        }
    }

    private static boolean isDone(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return false; // there is no such command
        }
    }

    @Test
    void aSpoolWhoseFolderIsGoneForAWhileLosesNoRoom() throws IOException {
        Path folder = disk.resolve("spool");
        Spool spool = new Spool(new SpoolConfig(folder, 100));
        Files.delete(folder);
        assertThatThrownBy(() -> spool.take(60)).isInstanceOf(IOException.class);
        Files.createDirectory(folder);

        assertThat(spool.take(100)).isPresent();
    }
}
