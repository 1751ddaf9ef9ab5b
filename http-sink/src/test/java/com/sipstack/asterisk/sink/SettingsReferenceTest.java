package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.embedded.SettingsReference;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

class SettingsReferenceTest {
    @Test
    void theReferenceOfTheCallSinkIsUpToDate() throws IOException {
        check("call", CallSinkConfig.definition());
    }

    @Test
    void theReferenceOfTheRawSinkIsUpToDate() throws IOException {
        check("raw", RawSinkConfig.definition());
    }

    @Test
    void theReferenceOfTheRecordingSinkIsUpToDate() throws IOException {
        check("recording", RecordingSinkConfig.definition());
    }

    private static void check(String sink, ConfigDef definition) throws IOException {
        SettingsReference.check(
                Path.of("../docs/settings/" + sink + "-sink.md"),
                "Settings of the " + sink + " sink",
                "Beside those that every sink connector of Kafka Connect has.",
                definition,
                "http-sink");
    }
}
