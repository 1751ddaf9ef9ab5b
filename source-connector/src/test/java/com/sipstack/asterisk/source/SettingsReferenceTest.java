package com.sipstack.asterisk.source;

import com.sipstack.asterisk.embedded.SettingsReference;
import com.sipstack.asterisk.source.ami.AmiSourceConfig;
import com.sipstack.asterisk.source.csv.CsvSourceConfig;
import com.sipstack.asterisk.source.database.DatabaseSourceConfig;
import com.sipstack.asterisk.source.recording.RecordingSourceConfig;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

class SettingsReferenceTest {
    @Test
    void theReferenceOfTheDatabaseSourceIsUpToDate() throws IOException {
        check("database", "database", DatabaseSourceConfig.definition());
    }

    @Test
    void theReferenceOfTheCsvSourceIsUpToDate() throws IOException {
        check("csv", "CSV", CsvSourceConfig.definition());
    }

    @Test
    void theReferenceOfTheAmiSourceIsUpToDate() throws IOException {
        check("ami", "AMI", AmiSourceConfig.definition());
    }

    @Test
    void theReferenceOfTheRecordingSourceIsUpToDate() throws IOException {
        check("recording", "recording", RecordingSourceConfig.definition());
    }

    private static void check(String file, String source, ConfigDef definition) throws IOException {
        SettingsReference.check(
                Path.of("../docs/settings/" + file + "-source.md"),
                "Settings of the " + source + " source",
                "Beside those that every source connector of Kafka Connect has. Each but `pbxs` may be given for one PBX alone:"
                        + " `pbxs.<pbx>.<setting>`.",
                definition,
                "source-connector");
    }
}
