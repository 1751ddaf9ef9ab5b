package com.sipstack.asterisk.allinone.faultlab;

import com.sipstack.asterisk.stubapi.ReceivedDocument;
import com.sipstack.asterisk.stubapi.Refusal;
import com.sipstack.asterisk.stubapi.StubApi;
import com.sipstack.asterisk.stubapi.StubApiConfig;
import com.sipstack.asterisk.stubapi.StubTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** The API behind TLS, so that no garbled byte can pass for a call. It can be stopped and started again, and forgets nothing. */
final class LabApi implements AutoCloseable {
    private final List<ReceivedDocument> documents = Collections.synchronizedList(new ArrayList<>());
    private final List<Refusal> refusals = new ArrayList<>();
    private final Path certificate;
    private StubApiConfig config;
    private StubApi api;

    LabApi(Path directory) throws IOException {
        HeldCertificate own = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        certificate = Files.writeString(directory.resolve("api.pem"), own.certificatePem());
        config = StubApiConfig.defaults()
                .withTls(new StubTls(
                        new HandshakeCertificates.Builder()
                                .heldCertificate(own)
                                .build()
                                .sslContext(),
                        false));
        start();
        config = config.withPort(port());
    }

    void start() {
        api = StubApi.start(config);
        api.onDocument(documents::add);
    }

    void stop() {
        refusals.addAll(api.refusals());
        api.close();
    }

    StubApi stub() {
        return api;
    }

    int port() {
        return api.uri().getPort();
    }

    /** PEM file that clients have to trust. */
    Path certificate() {
        return certificate;
    }

    /** All that were accepted, in order of arrival, whichever start of the API took them. */
    List<ReceivedDocument> documents() {
        synchronized (documents) {
            return List.copyOf(documents);
        }
    }

    List<Refusal> refusals() {
        List<Refusal> all = new ArrayList<>(refusals);
        all.addAll(api.refusals());
        return all;
    }

    @Override
    public void close() {
        api.close();
    }
}
