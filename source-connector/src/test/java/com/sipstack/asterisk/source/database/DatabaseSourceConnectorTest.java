package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;

class DatabaseSourceConnectorTest {
    private static final Map<String, String> SETTINGS = Map.of(
            "name", "pbxs",
            "pbxs", "a,a.b,c",
            "database.url", "jdbc:mariadb://db.example/asterisk",
            "pbxs.a.database.user", "of-a",
            "pbxs.a.b.database.user", "of-b",
            "pbxs.c.database.user", "of-c");

    private final DatabaseSourceConnector connector = new DatabaseSourceConnector();

    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(SourceConnector.class)).hasAtLeastOneElementOfType(DatabaseSourceConnector.class);
    }

    @Test
    void pbxsAreSharedOutWithTheirOwnSettingsOnly() {
        connector.start(SETTINGS);

        List<Map<String, String>> tasks = connector.taskConfigs(2);
        assertThat(tasks).extracting(task -> task.get("pbxs")).containsExactly("a,a.b", "c");
        assertThat(tasks.get(0)).containsKeys("pbxs.a.database.user", "pbxs.a.b.database.user", "database.url");
        assertThat(tasks.get(0)).doesNotContainKey("pbxs.c.database.user");
        assertThat(tasks.get(1)).containsKey("pbxs.c.database.user").doesNotContainKey("pbxs.a.b.database.user");
    }

    /** As Connect does with what stands as {@code ${file:…}} in the connector's configuration. */
    @Test
    void aTaskKeepsToItsPbxsThoughTheirNamesAreGivenByReference() {
        Map<String, String> config =
                Map.of("pbxs", "east,west,north", "database.url", "jdbc:mariadb://127.0.0.1:1/cdr");
        connector.start(config);

        assertThat(connector.taskConfigs(2))
                .map(task -> {
                    Map<String, String> again = new HashMap<>(task);
                    again.put("pbxs", config.get("pbxs"));
                    return new DatabaseSourceConfig(again).names();
                })
                .containsExactly(List.of("east", "west"), List.of("north"));
    }

    @Test
    void thereAreNoMoreTasksThanPbxs() {
        connector.start(SETTINGS);

        assertThat(connector.taskConfigs(10)).hasSize(3);
    }

    @Test
    void everyPbxNeedsAnAddress() {
        assertThat(errors(Map.of("pbxs", "east,west", "pbxs.east.database.url", "jdbc:mariadb://db.example/asterisk")))
                .containsEntry("database.url", List.of("database.url of PBX west: is needed"));
    }

    @Test
    void aPbxNeedsATable() {
        assertThat(errors(with("pbxs.c.cdr.tables", "", "pbxs.c.cel.tables", "")))
                .containsOnlyKeys("pbxs.c.cdr.tables");
    }

    @Test
    void aTableIsOfOneKind() {
        assertThat(errors(with("cdr.tables", "calls", "cel.tables", "cel,calls")))
                .containsOnlyKeys("cdr.tables");
    }

    @Test
    void aRangeEndsAfterItBegins() {
        String end = "2026-01-31T05:00:00Z";

        assertThat(errors(with("end.at", end))).containsOnlyKeys("end.at");
        assertThat(errors(with("end.at", end, "start.from", end))).containsOnlyKeys("end.at");
        assertThat(errors(with("end.at", end, "start.from", "2026-01-31T04:59:59Z")))
                .isEmpty();
    }

    @Test
    void anEpochIsOfATableThatIsRead() {
        assertThat(errors(with("start.epochs", "cdr=1,cel=2"))).isEmpty();
        assertThat(errors(with("start.epochs", "cdr=1,queue_log=2"))).containsOnlyKeys("start.epochs");
    }

    @Test
    void aTableOfRecordingsIsNoTableOfCalls() {
        assertThat(errors(with("cdr.tables", "x", "cel.tables", "y", "recordings.tables", "x")))
                .containsOnlyKeys("cdr.tables");
    }

    @Test
    void aPbxsNameTwiceIsRefused() {
        assertThat(errors(with("pbxs", "a,c,a"))).containsKey("pbxs");
    }

    @Test
    void aMisspeltPbxOrSettingIsRefused() {
        assertThat(errors(with("pbxs.d.database.user", "x", "pbxs.a.databse.user", "x")))
                .containsOnlyKeys("pbxs.d.database.user", "pbxs.a.databse.user");
    }

    @Test
    void exactlyOnceIsSupported() {
        assertThat(connector.exactlyOnceSupport(SETTINGS)).isEqualTo(ExactlyOnceSupport.SUPPORTED);
    }

    @Test
    void offsetsMayBeAlteredOrTakenAway() {
        Map<String, Object> offset =
                DatabaseSourceOffset.startingAfter(5, Instant.EPOCH).toMap();

        assertThat(connector.alterOffsets(SETTINGS, Map.of(partition("cel"), offset)))
                .isTrue();
        assertThat(connector.alterOffsets(SETTINGS, Collections.singletonMap(partition("cel"), null)))
                .isTrue();
    }

    @Test
    void offsetsOfTablesWithoutIdMayBeAlteredOrTakenAway() {
        KeylessStart start = new KeylessStart(OptionalLong.of(1795305288), Hashes.of(7));
        KeylessOffset offset = new KeylessOffset(1795305000, 417, Hashes.of(7, 7), Instant.EPOCH);

        assertThat(connector.alterOffsets(
                        SETTINGS, Map.of(bucket("start"), start.toMap(), bucket("63"), offset.toMap())))
                .isTrue();
        assertThat(connector.alterOffsets(SETTINGS, Collections.singletonMap(bucket("strays"), null)))
                .isTrue();
        assertThatThrownBy(() -> connector.alterOffsets(SETTINGS, Map.of(bucket("64"), offset.toMap())))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("bucket is 64");
        assertThatThrownBy(() -> connector.alterOffsets(SETTINGS, Map.of(bucket("start"), offset.toMap())))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("floor");
    }

    @Test
    void offsetsThatAreNoneAreRefused() {
        Map<String, Object> offset =
                DatabaseSourceOffset.startingAfter(5, Instant.EPOCH).toMap();
        offset.put("id", "five");

        assertThatThrownBy(() -> connector.alterOffsets(SETTINGS, Map.of(partition("cel"), offset)))
                .isInstanceOf(ConnectException.class)
                .hasMessage("source offset: id is five and must be a number");
        assertThatThrownBy(() -> connector.alterOffsets(SETTINGS, Map.of(Map.of("file", "x"), Map.of())))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("source partition");
    }

    private static Map<String, ?> bucket(String name) {
        Map<String, Object> partition = new DatabaseSourcePartition("a", "cdr").toMap();
        partition.put("bucket", name);
        return partition;
    }

    private static Map<String, ?> partition(String table) {
        return new DatabaseSourcePartition("a", table).toMap();
    }

    private static Map<String, String> with(String... more) {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    private Map<String, List<String>> errors(Map<String, String> settings) {
        Map<String, List<String>> errors = new HashMap<>();
        for (ConfigValue value : connector.validate(settings).configValues()) {
            if (!value.errorMessages().isEmpty()) {
                errors.put(value.name(), value.errorMessages());
            }
        }
        return errors;
    }
}
