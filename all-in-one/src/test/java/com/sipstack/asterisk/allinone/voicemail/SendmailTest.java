package com.sipstack.asterisk.allinone.voicemail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mail systems that do not do as they should. */
class SendmailTest {
    /** More than a pipe holds. */
    private static final byte[] LARGE = new byte[1 << 20];

    @TempDir
    private Path folder;

    @Test
    @Timeout(60)
    void aMailSystemThatReadsNothingKeepsNobodyWaitingForEver() {
        Sendmail stuck = new Sendmail(List.of("sleep", "120"), Duration.ofMillis(200));

        assertThatThrownBy(() -> stuck.deliver(new ByteArrayInputStream(LARGE)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("sleep has not ended");
    }

    @Test
    void aMailSystemThatEndsBeforeItHasReadAllHasNotTakenTheMail() {
        assertThatThrownBy(() -> sendmail("true").deliver(new ByteArrayInputStream(LARGE)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("true ended with 0");
    }

    @Test
    void aLargeMailArrivesWhole() throws Exception {
        Path sent = folder.resolve("sent");

        assertThatCode(() -> sendmail("dd", "of=" + sent).deliver(new ByteArrayInputStream(LARGE)))
                .doesNotThrowAnyException();

        assertThat(Files.size(sent)).isEqualTo(LARGE.length);
    }

    private static Sendmail sendmail(String... command) {
        return new Sendmail(List.of(command), Duration.ofMinutes(1));
    }
}
