package com.sipstack.asterisk.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that users start, beside something built, with a Java that only says what it was told. */
class LauncherTest {
    private static final Path SCRIPT =
            Path.of("..", "sipstack").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private Path script;
    private Path java;

    @BeforeEach
    void install() throws IOException {
        folder = folder.toRealPath();
        Path built = Files.createDirectories(folder.resolve("opt/all-in-one/target/sipstack"));
        Files.createFile(built.resolve("complete"));
        Files.createDirectory(built.resolve("mailcmd"));
        script = Files.copy(SCRIPT, folder.resolve("opt/sipstack"));
        java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        setVersion("17.0.9");
    }

    @Test
    void aLinkStartsWhatWasBuiltWhereItLeads() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("sipstack"), script);

        assertThat(start(0, link, "run")).contains(folder + "/opt/all-in-one/target/sipstack/lib/*", "Sipstack run");
        assertThat(start(0, link, "mailcmd"))
                .contains(folder + "/opt/all-in-one/target/sipstack/mailcmd/*", "MailCommand");
    }

    @Test
    void aJavaThatIsTooOldIsNamed() throws Exception {
        for (String old : List.of("1.8.0_392", "11.0.21")) {
            setVersion(old);

            assertThat(start(1, script, "run")).contains("too old", old, "17 or newer");
        }
        setVersion("21-ea");
        assertThat(start(0, script, "run")).contains("Sipstack run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "'%s -t' # ours", "\"%s -t\"", " %s -t  # ours"})
    void withoutJavaAVoicemailsMailGoesOutByTheCommandThatTheFileNames(String written) throws Exception {
        Path sendmail = folder.resolve("ours");
        Files.writeString(sendmail, "#!/bin/sh\necho \"by $0 $@: $(cat)\"\n");
        assertThat(sendmail.toFile().setExecutable(true)).isTrue();
        Path file = Files.writeString(
                folder.resolve("voicemail.env"),
                "SENDMAIL_CMD=/bin/false\nVOICEMAIL_API_KEY=sk_1\nSENDMAIL_CMD=" + written.formatted(sendmail) + "\n");

        assertThat(mailedWithoutJava("--env-file", file.toString())).isEqualTo("by " + sendmail + " -t: the mail\n");
        assertThat(mailedWithoutJava("--env-file=" + file)).isEqualTo("by " + sendmail + " -t: the mail\n");
    }

    private String mailedWithoutJava(String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of(script.toString(), "mailcmd"));
        words.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", folder.resolve("nowhere").toString());
        builder.environment().remove("SENDMAIL_CMD");
        Process process = builder.start();
        try (OutputStream mail = process.getOutputStream()) {
            mail.write("the mail".getBytes(StandardCharsets.UTF_8));
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void withoutMemoryTheProcessEndsAndDoesNotLiveOnInParts() throws Exception {
        assertThat(start(0, script, "run")).contains("-XX:+ExitOnOutOfMemoryError");
    }

    @Test
    void aServicesUserIsToldThatSomebodyElseHasToBuild() throws Exception {
        Files.delete(folder.resolve("opt/all-in-one/target/sipstack/complete"));
        Path home = folder.resolve("opt");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assertThat(asAServicesUser(1, script, "run"))
                    .contains(
                            home + " is not built", "may not write there", "run " + script + " --version as its owner")
                    .doesNotContain("Building");
        } finally {
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** Root may write everywhere. */
    private String asAServicesUser(int code, Path command, String... arguments) throws Exception {
        if (!System.getProperty("user.name").equals("root")) {
            return start(code, command, arguments);
        }
        List<String> words = new ArrayList<>(List.of("--reuid=65534", "--regid=65534", "--clear-groups"));
        words.add(command.toString());
        words.addAll(List.of(arguments));
        return start(code, Path.of("/usr/bin/setpriv"), words.toArray(String[]::new));
    }

    private void setVersion(String version) throws IOException {
        Files.writeString(java, """
                #!/bin/sh
                if [ "$1" = -version ]; then echo 'openjdk version "%s" 2023-10-17' >&2; else echo "$@"; fi
                """.formatted(version));
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    /** Returns all that it says. */
    private String start(int code, Path command, String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(command.toString()));
        words.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().put("SENDMAIL_CMD", "/bin/true");
        builder.environment().remove("SIPSTACK_JAVA_OPTS");
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(code);
        return said;
    }
}
