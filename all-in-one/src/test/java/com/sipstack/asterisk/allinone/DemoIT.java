package com.sipstack.asterisk.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
    @TempDir
    Path directory;

    @Test
    void fiftyCallsGoAllTheWay() throws Exception {
        try (SipstackProcess demo =
                SipstackProcess.start(directory, "demo", "--calls", "50", "--speed", "20", "--rate", "20")) {
            int exitCode = demo.awaitExit();

            assertThat(demo.output())
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("50 calls in, 50 complete, ")
                            .endsWith(" 0 refused, lost 0"))
                    .anySatisfy(
                            line -> assertThat(line).contains("complete  in ").contains("talked"))
                    .anySatisfy(line -> assertThat(line).contains("complete  out"));
            assertThat(exitCode).isZero();
        }
    }
}
