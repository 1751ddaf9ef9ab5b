package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.embedded.SettingsReference;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsReferenceTest {
    @Test
    void theReferenceIsUpToDate() throws IOException {
        SettingsReference.check(
                Path.of("../docs/settings/database-source.md"),
                "Settings of the database source",
                "Beside those that every source connector of Kafka Connect has. Each but `pbxs` may be given for one PBX alone:"
                        + " `pbxs.<pbx>.<setting>`.",
                DatabaseSourceConfig.definition(),
                "source-connector");
    }
}
