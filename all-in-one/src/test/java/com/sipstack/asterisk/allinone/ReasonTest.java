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

    @Test
    void aFailedTasksTraceTellsWhatConnectHasWrapped() {
        assertThat(Reason.ofTrace("""
                        org.apache.kafka.connect.errors.ConnectException: Exiting WorkerSinkTask due to unrecoverable exception.
                        \tat org.apache.kafka.connect.runtime.WorkerSinkTask.deliverMessages(WorkerSinkTask.java:636)
                        Caused by: java.lang.IllegalStateException: it broke
                        \tat com.sipstack.asterisk.sink.CallSinkTask.put(CallSinkTask.java:71)
                        Caused by: java.io.IOException: No space left on device
                        \t... 8 more
                        """))
                .isEqualTo(
                        "org.apache.kafka.connect.errors.ConnectException: Exiting WorkerSinkTask due to unrecoverable"
                                + " exception. Caused by: java.io.IOException: No space left on device");
        assertThat(Reason.ofTrace("")).isEqualTo("it does not say why");
    }
}
