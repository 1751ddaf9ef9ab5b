package com.sipstack.asterisk.source.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sipstack.asterisk.demopbx.AmiServer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What validation says of PBXs that answer, or do not. */
class AmiSourceConnectorIT {
    private static final String SHOW_USER = "manager show user " + AmiServer.USER;

    private final AmiSourceConnector connector = new AmiSourceConnector();
    private AmiServer pbx;

    @BeforeEach
    void startPbx() throws IOException {
        pbx = new AmiServer();
    }

    @AfterEach
    void stopPbx() throws IOException {
        pbx.close();
    }

    @Test
    void aPbxThatLetsUsListenIsFine() {
        grant("call,cdr");
        assertThat(faults(settings())).isEmpty();
    }

    @Test
    void aUserWithoutCommandsCannotBeLookedAtAndIsFine() {
        assertThat(faults(settings())).isEmpty();
    }

    @Test
    void aWrongSecretIsRefused() {
        Map<String, String> settings = settings();
        settings.put("ami.password", "wrong");
        assertThat(faults(settings))
                .containsExactly(
                        "ami.user of PBX east: login of sipstack at the manager interface 127.0.0.1:" + pbx.port()
                                + " was refused: Authentication failed; name and secret must be those of a section of manager.conf"
                                + " that permits this host");
    }

    @Test
    void aUserOfClassesCdrAndReportingGetsNoEventsAndIsRefused() {
        grant("cdr,reporting");
        assertThat(faults(settings()))
                .containsExactly(
                        "ami.user of PBX east: the user sipstack may not read class call and would get no CEL events:"
                                + " set read = call,cdr in manager.conf");
    }

    @Test
    void aSuspendedCdrManagerIsRefused() {
        grant("call,cdr");
        pbx.answers("cdr show status", "* Registered Backends", "    cdr_manager (suspended)");
        assertThat(faults(settings())).singleElement().asString().contains("cdr_manager is suspended");
    }

    @Test
    void eventsThatAreSwitchedOffAreRefused() {
        grant("all");
        pbx.answers("cel show status", "CEL Logging: Disabled");
        assertThat(faults(settings())).singleElement().asString().contains("sends no CEL events here");
    }

    @Test
    void aPbxThatIsAwayIsNoFault() throws IOException {
        pbx.close();
        assertThat(faults(settings())).isEmpty();
    }

    @Test
    void whatIsNeededIsNamed() {
        Map<String, String> settings = settings();
        settings.remove("ami.host");
        settings.put("ami.events", "cdr,sms");
        assertThat(faults(settings)).singleElement().asString().contains("cdr, cel and hold");
    }

    @Test
    void offsetsCanBeAlteredToWhatCanBeRead() {
        Map<String, Object> partition = new AmiSourcePartition("east").toMap();
        assertThat(connector.alterOffsets(Map.of(), Map.of(partition, Map.of("version", 1, "heard.until.ms", 5))))
                .isTrue();
        assertThatThrownBy(() -> connector.alterOffsets(Map.of(), Map.of(partition, Map.of("version", 2))))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("version is 2");
    }

    private void grant(String classes) {
        pbx.answers(SHOW_USER, "       username: sipstack", "      read perm: " + classes);
        pbx.answers("cdr show status", "* Registered Backends", "    cdr_manager", "    Adaptive ODBC (suspended)");
        pbx.answers("cel show status", "CEL Logging: Enabled", "CEL Event Subscriber: Manager Event Logging");
    }

    private List<String> faults(Map<String, String> settings) {
        return connector.validate(settings).configValues().stream()
                .map(ConfigValue::errorMessages)
                .flatMap(List::stream)
                .toList();
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("name", "ami");
        settings.put("pbxs", "east");
        settings.put("ami.host", "127.0.0.1");
        settings.put("ami.port", Integer.toString(pbx.port()));
        settings.put("ami.user", AmiServer.USER);
        settings.put("ami.password", AmiServer.SECRET);
        return settings;
    }
}
