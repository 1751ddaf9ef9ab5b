package com.sipstack.asterisk.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class ReasonTest {
    @Test
    void theOutermostCauseThatSaysSomethingOfItsOwnCounts() {
        IOException taken =
                new IOException("port 8080 is taken by another program", new BindException("Address in use"));

        assertThat(Reason.of(new ExecutionException(new UncheckedIOException(taken))))
                .isEqualTo("port 8080 is taken by another program");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThat(Reason.of(new NoSuchFileException("/etc/sipstack.env")))
                .isEqualTo("/etc/sipstack.env: there is no such file");
    }

    @Test
    void onlyTheFirstLineIsTold() {
        assertThat(Reason.of(new IllegalStateException("no topic\nfor rows"))).isEqualTo("no topic");
    }

    @Test
    void whatHasNothingToSayIsNamedByItsKind() {
        assertThat(Reason.of(new NullPointerException())).isEqualTo("NullPointerException");
    }
}
