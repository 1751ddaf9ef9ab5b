package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.embedded.SettingsReference;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsReferenceTest {
    @Test
    void theReferenceIsUpToDate() throws IOException {
        SettingsReference.check(
                Path.of("../docs/settings/assembler.md"),
                "Settings of the assembler",
                "In the properties file of `sipstack assemble --config`. Any other setting goes to Kafka Streams and its clients as it is."
                        + " From `country` on, each may be given for one PBX alone: `pbxs.<pbx>.<setting>` here or in `settings.file`,"
                        + " or in the topic of settings.",
                AssemblerConfig.definition(),
                "streams-assembler");
    }
}
