package com.sipstack.asterisk.stubapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class StubApiCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        CommandLine commandLine = StubApiCommand.commandLine(new StubApiCommand(new CountDownLatch(0)));
        return commandLine
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    @Test
    void itSaysWhereItListens() {
        assertThat(run("--port", "0", "--key", StubClient.KEY, "--max-calls", "10"))
                .isZero();
        assertThat(out.toString()).matches("SIPSTACK stub API on http://127\\.0\\.0\\.1:\\d+/v1\\R");
    }

    @Test
    void aPortInUseIsOneLine() {
        try (StubApi other = StubApi.start()) {
            int port = other.uri().getPort();

            assertThat(run("--port", String.valueOf(port))).isEqualTo(1);
            assertThat(err.toString()).isEqualToIgnoringNewLines("stub-api: port " + port + " is in use");
        }
    }

    @Test
    void anAddressThatIsNotOursIsOneLine() {
        assertThat(run("--bind", "192.0.2.1", "--port", "0")).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("stub-api: cannot listen on 192.0.2.1:0: ")
                .hasLineCount(1);
    }

    @Test
    void aPortOutOfRangeIsOneLine() {
        assertThat(run("--port", "70000")).isEqualTo(1);
        assertThat(err.toString()).isEqualToIgnoringNewLines("stub-api: port: 70000 is not from 0 to 65535");
    }

    @Test
    void anUnknownOptionIsOneLine() {
        assertThat(run("--prot", "1")).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(1).contains("--prot");
    }
}
