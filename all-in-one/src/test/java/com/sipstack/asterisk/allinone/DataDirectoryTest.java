package com.sipstack.asterisk.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    private static final Instant FIRST_START = Instant.parse("2026-11-22T08:00:00Z");
    private static final Instant SECOND_START = Instant.parse("2026-11-22T09:00:00Z");

    @TempDir
    Path parent;

    @Test
    void onlyOneProcessHoldsIt() throws Exception {
        try (DataDirectory held = DataDirectory.open(parent.resolve("data"))) {
            assertThatThrownBy(() -> DataDirectory.open(parent.resolve("data")))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid());
            assertThat(held.stoppedInOrder()).isTrue();
        }
        try (DataDirectory again = DataDirectory.open(parent.resolve("data"))) {
            assertThat(again.stoppedInOrder()).isTrue();
        }
    }

    @Test
    void aVolumeThatIsOursByItsGroupAloneIsUsedAndClosedInside() throws Exception {
        assumeTrue(Files.getOwner(parent).getName().equals("root"), "only root may make another's folder");
        Path volume = Files.createDirectory(parent.resolve("volume"));
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(volume, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(openingByAnother(volume)).isZero();
        for (String part : List.of("kafka", "state", "recordings")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(volume.resolve(part))))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void aNewVolumeOfTheContainerIsGoodForAnyUserThatPuidNames() throws Exception {
        assumeTrue(Files.getOwner(parent).getName().equals("root"), "only root may make another's folder");
        Matcher mode = Pattern.compile("chmod ([0-7]+) /var/lib/sipstack")
                .matcher(Files.readString(Path.of("..", "Dockerfile")));
        Path volume = Files.createDirectory(parent.resolve("volume"));
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
        if (mode.find()) {
            Files.setAttribute(volume, "unix:mode", Integer.parseInt(mode.group(1), 8));
        }

        assertThat(openingByAnother(volume)).isZero();
        assertThat(openingByAnother(volume)).as("a second start").isZero();
    }

    private static int openingByAnother(Path volume) throws Exception {
        Process other = new ProcessBuilder(
                        "setpriv",
                        "--reuid=65534",
                        "--clear-groups",
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        "target/classes" + File.pathSeparator + "target/test-classes",
                        Opening.class.getName(),
                        volume.toString())
                .inheritIO()
                .start();
        return other.waitFor();
    }

    /** A process of its own. */
    static final class Opening {
        private Opening() {}

        public static void main(String[] args) throws Exception {
            DataDirectory.open(Path.of(args[0])).close();
        }
    }

    @Test
    void settingsThatWereTakenAreKnownAgain() throws Exception {
        try (DataDirectory directory = DataDirectory.open(parent.resolve("data"))) {
            assertThat(directory.hasTaken("asterisk-calls", "a1")).isFalse();
            directory.rememberTaken(Map.of("asterisk-calls", "a1", "asterisk-ami", "b1"));
            directory.rememberTaken(Map.of("asterisk-ami", "b2"));
        }
        try (DataDirectory directory = DataDirectory.open(parent.resolve("data"))) {
            assertThat(directory.hasTaken("asterisk-calls", "a1")).isTrue();
            assertThat(directory.hasTaken("asterisk-ami", "b1")).isFalse();
        }
    }

    @Test
    void afterAStopInOrderNothingIsReadAgain() throws Exception {
        run(FIRST_START, true);

        assertThat(run(SECOND_START, true)).isEmpty();
    }

    @Test
    void afterACrashOffsetsFromBeforeTheStartAreNotTrusted() throws Exception {
        run(FIRST_START, false);

        assertThat(run(SECOND_START, true)).isEqualTo(SECOND_START.toString());
    }

    @Test
    void aRewindThatWasAskedForStaysAskedFor() throws Exception {
        run(FIRST_START, false);
        run(SECOND_START, true);

        assertThat(run(SECOND_START.plusSeconds(60), true)).isEqualTo(SECOND_START.toString());
    }

    @Test
    void aStartThatFailsAfterACrashLeavesWhatWasLostToBeReadAgain() throws Exception {
        run(FIRST_START, false);
        Path settings = parent.resolve("data/run.properties");
        Files.delete(settings);
        Files.createDirectories(settings.resolve("in the way"));
        try (DataDirectory data = DataDirectory.open(parent.resolve("data"))) {
            assertThatThrownBy(() -> data.prepareRun(Map.of(), SECOND_START)).isInstanceOf(IOException.class);
            data.markStopped();
        }
        assertThat(parent.resolve("data")).isDirectoryNotContaining("glob:**.new");
        Files.delete(settings.resolve("in the way"));
        Files.delete(settings);

        assertThat(run(SECOND_START, true)).isEqualTo(SECOND_START.toString());
    }

    @Test
    void aNameThatIsRememberedIsNotRiskedOnAFullDisk() throws Exception {
        FileTime longAgo = FileTime.from(FIRST_START);
        Path name = parent.resolve("data/pbx");
        try (DataDirectory data = DataDirectory.open(parent.resolve("data"))) {
            data.rememberPbx("east");
            Files.setLastModifiedTime(name, longAgo);
            data.rememberPbx("east");
            assertThat(Files.getLastModifiedTime(name)).isEqualTo(longAgo);

            data.rememberPbx("west");
            assertThat(name).hasContent("west");
        }
    }

    @Test
    void aFolderOfSomebodyElseIsNotClosedToAllOthers() throws Exception {
        Path home = Files.createDirectory(parent.resolve("home"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createFile(home.resolve("photo.jpg"));

        assertThatThrownBy(() -> DataDirectory.open(home))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("holds other things already");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void anEmptyFileSystemIsTaken() throws Exception {
        Files.createDirectories(parent.resolve("data/lost+found"));

        assertThat(run(FIRST_START, true)).isEmpty();
    }

    @Test
    void secretsAreForItsOwnerAlone() throws Exception {
        run(FIRST_START, true);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(parent.resolve("data/run.properties"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(parent.resolve("data"))))
                .isEqualTo("rwx------");
    }

    /** Returns the instant before which offsets are not trusted. */
    private String run(Instant now, boolean stopsInOrder) throws Exception {
        try (DataDirectory data = DataDirectory.open(parent.resolve("data"))) {
            data.prepareRun(Map.of("api.key", "sk_secret"), now);
            Properties settings = new Properties();
            settings.load(new StringReader(Files.readString(data.runSettings())));
            assertThat(settings).containsEntry("api.key", "sk_secret");
            if (stopsInOrder) {
                data.markStopped();
            }
            return settings.getProperty(DataDirectory.REWIND_BEFORE);
        }
    }
}
