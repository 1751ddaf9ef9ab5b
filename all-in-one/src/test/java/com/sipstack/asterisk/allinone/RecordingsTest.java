package com.sipstack.asterisk.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an {@code .env} of either incumbent says of recordings. */
class RecordingsTest {
    private static final Path NOWHERE = Path.of("/nowhere/at/all");
    private static final Map<String, String> OF_TABLES = Map.of(
            "API_KEY", "sk_0123456789abcdef0123456789abcdef",
            "PBX", "pbx-east",
            "DB_TYPE", "mysql",
            "DB_USER", "asterisk",
            "DB_NAME", "asteriskcdrdb");
    private static final Map<String, String> OF_AMI = Map.of(
            "API_KEY", "sk_0123456789abcdef0123456789abcdef",
            "PBX", "pbx-east",
            "AMI_USERNAME", "sipstack",
            "AMI_PASSWORD", "am1secret");

    @TempDir
    private Path monitor;

    @Test
    void theUsualFolderIsTakenWhereItIs() {
        assertThat(recordings(OF_TABLES, monitor).orElseThrow().source())
                .containsEntry("recording.paths", monitor.toString());
        assertThat(recordings(OF_TABLES, NOWHERE)).isEmpty();
        assertThat(recordings(with(OF_TABLES, "RECORDING_PATHS", "None"), monitor))
                .isEmpty();
    }

    @Test
    void testDefaults() {
        Recordings ofTables = recordings(OF_TABLES, monitor).orElseThrow();
        Recordings ofAmi = recordings(OF_AMI, monitor).orElseThrow();

        assertThat(ofTables.source())
                .containsEntry("pbxs", "pbx-east")
                .containsEntry("audio.transport", "reference")
                .containsEntry("after.upload", "keep")
                .containsEntry("recording.extensions", "wav,mp3,gsm,ogg")
                .doesNotContainKeys("min.age.ms", "max.age.ms", "min.size.bytes", "check.interval.ms", "timezone");
        assertThat(ofAmi.source())
                .containsEntry("after.upload", "move")
                .containsEntry("recording.extensions", "wav,mp3,gsm");
        assertThat(ofAmi.sink())
                .containsEntry("file.roots", monitor.toString())
                .doesNotContainKeys("max.in.flight", "retry.backoff.max.ms", "retry.timeout.ms");
    }

    @Test
    void testExplicitMappings() throws Exception {
        Map<String, String> env = new HashMap<>(OF_AMI);
        env.putAll(Map.of(
                "RECORDING_WATCH_PATHS", "/var/spool/asterisk/monitor, /pbx/*/monitor",
                "RECORDING_FILE_EXTENSIONS", ".WAV, mp3,wav",
                "RECORDING_STABILITY_CHECK", "3",
                "RECORDING_MIN_FILE_SIZE", "0",
                "RECORDING_MIN_AGE_MINUTES", "4",
                "RECORDING_MIN_DURATION", "5",
                "RECORDING_MAX_AGE_HOURS", "12",
                "RECORDING_INCLUDE_PATTERNS", "queue-,out-",
                "RECORDING_EXCLUDE_PATTERNS", "test, temp(1)",
                "RECORDING_CHECK_INTERVAL_SECONDS", "60"));
        env.putAll(Map.of(
                "RECORDING_UPLOAD_RETRY_MINUTES", "5",
                "RECORDING_BATCH_SIZE", "20",
                "CDR_MAX_CONCURRENT_UPLOADS", "4",
                "CDR_MAX_MEMORY_FILE_SIZE", "10485760",
                "RECORDING_DELETE_AFTER_UPLOAD", "true",
                "TIMEZONE", "America/Toronto"));

        Deployment deployment = Deployment.of(new EnvSettings(env));
        Recordings recordings = deployment.recordings().orElseThrow();

        assertThat(recordings.source())
                .containsEntry("recording.paths", "/var/spool/asterisk/monitor, /pbx/*/monitor")
                .containsEntry("recording.extensions", "wav,mp3")
                .containsEntry("stability.check.ms", "3000")
                .containsEntry("min.size.bytes", "1")
                .containsEntry("min.age.ms", "240000")
                .containsEntry("min.duration.ms", "5000")
                .containsEntry("max.age.ms", "43200000")
                .containsEntry("include.patterns", "queue-,out-")
                .containsEntry("exclude.patterns", "test,\\Qtemp(1)\\E")
                .containsEntry("check.interval.ms", "60000")
                .containsEntry("after.upload", "delete")
                .containsEntry("timezone", "America/Toronto");
        assertThat(recordings.sink())
                .containsEntry("topics", "asterisk.recordings.ready")
                .containsEntry("file.roots", "/var/spool/asterisk/monitor,/pbx")
                .containsEntry("max.in.flight", "4")
                .containsEntry("retry.backoff.max.ms", "300000")
                .doesNotContainValue(env.get("API_KEY"));
        assertThat(new EnvSettings(env).withoutEffect())
                .containsExactly(
                        "CDR_MAX_MEMORY_FILE_SIZE has no effect here: recordings are streamed, whatever their size");
        assertThat(deployment.origin()).endsWith("recordings in /var/spool/asterisk/monitor, /pbx/*/monitor");
    }

    @Test
    void whoWantsNoRetriesHasAFailedUploadInTheDeadLetters() {
        assertThat(recordings(with(OF_AMI, "RECORDING_UPLOAD_RETRY_MINUTES", "0"), monitor)
                        .orElseThrow()
                        .sink())
                .containsEntry("retry.timeout.ms", "0");
    }

    @Test
    void whatBecomesOfTheFilesMayBeSaidBesideTables() {
        assertThat(recordings(with(OF_TABLES, "RECORDING_AFTER_UPLOAD", "move"), monitor)
                        .orElseThrow()
                        .source())
                .containsEntry("after.upload", "move");
    }

    @Test
    void wrongNumbersAreToldByTheUsersNames() {
        Map<String, String> env = new HashMap<>(OF_AMI);
        env.putAll(Map.of(
                "RECORDING_PATHS", monitor.toString(),
                "RECORDING_CHECK_INTERVAL_SECONDS", "61",
                "RECORDING_DELETE_AFTER_UPLOAD", "perhaps"));

        assertThat(catchThrowableOfType(SettingsException.class, () -> Deployment.of(new EnvSettings(env)))
                        .faults())
                .containsExactlyInAnyOrder(
                        "RECORDING_CHECK_INTERVAL_SECONDS: 61 must be 1 to 60",
                        "RECORDING_DELETE_AFTER_UPLOAD: 'perhaps' must be true or false");
        assertThat(Deployment.variableOf("pbxs.pbx-east.after.upload")).isEqualTo("RECORDING_AFTER_UPLOAD");
        assertThat(Deployment.variableOf("recording.paths")).isEqualTo("RECORDING_PATHS, RECORDING_WATCH_PATHS");
    }

    private static Optional<Recordings> recordings(Map<String, String> env, Path usual) {
        return Recordings.of(new EnvSettings(env), usual, Map.of());
    }

    private static Map<String, String> with(Map<String, String> env, String variable, String value) {
        Map<String, String> changed = new HashMap<>(env);
        changed.put(variable, value);
        return changed;
    }
}
