package com.sipstack.asterisk.allinone.voicemail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as Asterisk starts it: by the script, with the mail as standard input. */
class PackedMailCommandIT {
    private static final Path SCRIPT =
            Path.of("..", "sipstack").toAbsolutePath().normalize();
    private static final String MAIL = "To: john@example.com\nSubject: s\n\nno notice of ours\n";

    @TempDir
    private Path folder;

    private Path sendmail;

    @BeforeEach
    void setUp() throws IOException {
        sendmail = folder.resolve("sendmail");
        Files.writeString(sendmail, "#!/bin/sh\ncat > \"" + folder + "/sent$1\"\n");
        assertThat(sendmail.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("mail"), MAIL);
    }

    @Test
    void aMailIsSentOnByThePackedCommand() throws Exception {
        assertThat(start(System.getProperty("java.home"))).isZero();

        assertThat(folder.resolve("sent-t")).hasContent(MAIL);
        assertThat(Files.readString(folder.resolve("log"))).contains("the mail goes out as it came");
    }

    @Test
    void aMailIsSentOnWithoutJava() throws Exception {
        assertThat(start(folder.resolve("no-java").toString())).isZero();

        assertThat(folder.resolve("sent-t")).hasContent(MAIL);
    }

    private int start(String javaHome) throws Exception {
        ProcessBuilder command = new ProcessBuilder(SCRIPT.toString(), "mailcmd")
                .redirectInput(folder.resolve("mail").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        command.environment().put("JAVA_HOME", javaHome);
        command.environment().put("SENDMAIL_CMD", sendmail.toString());
        command.environment().put("VOICEMAIL_API_KEY", "sk_" + "a".repeat(32));
        command.environment().put("VOICEMAIL_LOG", folder.resolve("log").toString());
        return command.start().waitFor();
    }
}
