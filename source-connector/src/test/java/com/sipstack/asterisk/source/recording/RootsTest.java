package com.sipstack.asterisk.source.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.source.fleet.PathPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootsTest {
    @TempDir
    private Path folder;

    @Test
    void aMountThatIsAwayIsMissingBehindAWildcardToo() throws IOException {
        Roots roots = roots("mnt/pbx/*/monitor");

        assertThat(roots.look()).isFalse();

        Path monitor = Files.createDirectories(folder.resolve("mnt/pbx/east/monitor"));
        assertThat(roots.look()).isTrue();
        assertThat(roots.present()).containsExactly(monitor);
    }

    @Test
    void aWildcardThatNothingMatchesYetIsNoFault() throws IOException {
        Files.createDirectories(folder.resolve("mnt/pbx/lost+found"));

        assertThat(roots("mnt/pbx/*/monitor").look()).isTrue();
    }

    @Test
    void aFolderThatIsNamedHasToBeThere() throws IOException {
        Roots roots = roots("monitor");

        assertThat(roots.look()).isFalse();

        Files.createDirectory(folder.resolve("monitor"));
        assertThat(roots.look()).isTrue();
    }

    @Test
    void aNameThatIsNoTextHereIsThatOfNoFile() throws IOException {
        Roots roots = roots("*");
        Files.createDirectory(folder.resolve("monitor"));
        roots.look();

        assertThat(roots.file(folder.resolve("monitor/in.wav").toString())).isPresent();
        assertThat(roots.file(folder.resolve("monitor") + "/in\0.wav")).isEmpty();
    }

    private Roots roots(String path) {
        return new Roots("east", List.of(new PathPattern(folder.resolve(path).toString())));
    }
}
