package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.embedded.SettingsReference;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsReferenceTest {
    @Test
    void theReferenceIsUpToDate() throws IOException {
        SettingsReference.check(
                Path.of("../docs/settings/call-sink.md"),
                "Settings of the call sink",
                "Beside those that every sink connector of Kafka Connect has.",
                CallSinkConfig.definition(),
                "http-sink");
    }
}
