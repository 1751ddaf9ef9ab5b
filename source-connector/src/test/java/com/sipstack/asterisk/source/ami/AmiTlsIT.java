package com.sipstack.asterisk.source.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sipstack.asterisk.demopbx.AmiServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manager interface that speaks TLS, with a certificate of its own. */
class AmiTlsIT {
    @TempDir
    private static Path folder;

    private static TestCertificate own;
    private static TestCertificate ofAnother;
    private static AmiServer pbx;

    @BeforeAll
    static void startPbx() throws Exception {
        own = TestCertificate.of("ip:127.0.0.1", folder);
        ofAnother = TestCertificate.of("dns:pbx.example", folder);
        pbx = new AmiServer(own.server());
    }

    @AfterAll
    static void stopPbx() throws Exception {
        pbx.close();
    }

    @Test
    void aCertificateThatIsTrustedIsListenedTo() {
        Map<String, String> settings = settings(pbx, own.pem().toString());
        assertThat(faults(settings)).isEmpty();
        try (RunningAmiTask task = RunningAmiTask.start(settings)) {
            task.await("asterisk.gaps", 1);
            pbx.say("Event: Cdr\r\nUniqueID: 1795305288.1\r\nStartTime: 2026-11-21 18:54:48\r\n\r\n");

            assertThat(task.await("asterisk.cdr", 1)).hasSize(1);
        }
    }

    @Test
    void aCertificateThatNobodyTrustedSignedIsRefused() {
        Map<String, String> settings = settings(pbx, "");
        assertThat(faults(settings))
                .singleElement()
                .asString()
                .startsWith("ami.tls.ca.file of PBX east: the certificate of the manager interface 127.0.0.1:")
                .contains("unable to find valid certification path", "signed by an authority");
        try (RunningAmiTask task = RunningAmiTask.start(settings)) {
            assertThatThrownBy(() -> task.await("asterisk.gaps", 1))
                    .rootCause()
                    .hasMessageContaining("unable to find valid certification path");
        }
    }

    @Test
    void aCertificateOfAnotherHostIsRefused() throws Exception {
        try (AmiServer other = new AmiServer(ofAnother.server())) {
            assertThat(faults(settings(other, ofAnother.pem().toString())))
                    .singleElement()
                    .asString()
                    .contains("the certificate of the manager interface 127.0.0.1:", "No subject alternative");
            assertThat(other.logins()).isZero();
        }
    }

    @Test
    void anInterfaceWithoutTlsGetsNoSecret() throws Exception {
        try (AmiServer plain = new AmiServer();
                RunningAmiTask task =
                        RunningAmiTask.start(settings(plain, own.pem().toString()))) {
            assertThat(faults(settings(plain, own.pem().toString()))).isEmpty();
            assertThat(task.counters("east").isOpen()).isFalse();
            assertThat(plain.logins()).isZero();
        }
    }

    private static List<String> faults(Map<String, String> settings) {
        return new AmiSourceConnector()
                .validate(settings).configValues().stream()
                        .map(ConfigValue::errorMessages)
                        .flatMap(List::stream)
                        .toList();
    }

    private static Map<String, String> settings(AmiServer pbx, String authorities) {
        Map<String, String> settings = new HashMap<>();
        settings.put("pbxs", "east");
        settings.put("ami.host", "127.0.0.1");
        settings.put("ami.port", Integer.toString(pbx.port()));
        settings.put("ami.user", AmiServer.USER);
        settings.put("ami.password", AmiServer.SECRET);
        settings.put("ami.tls", "true");
        settings.put("ami.tls.ca.file", authorities);
        return settings;
    }
}
