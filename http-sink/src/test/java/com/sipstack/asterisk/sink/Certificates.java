package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.stubapi.StubTls;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** An authority of our own, with a certificate for the API and one for us. */
final class Certificates {
    private final HeldCertificate authority = new HeldCertificate.Builder()
            .certificateAuthority(0)
            .commonName("authority")
            .build();
    private final HeldCertificate client = new HeldCertificate.Builder()
            .signedBy(authority)
            .commonName("client")
            .build();

    /** @param name that the API's certificate is for */
    StubTls api(String name, boolean clientsKnown) {
        HeldCertificate server = new HeldCertificate.Builder()
                .signedBy(authority)
                .addSubjectAlternativeName(name)
                .build();
        return new StubTls(
                new HandshakeCertificates.Builder()
                        .heldCertificate(server)
                        .addTrustedCertificate(authority.certificate())
                        .build()
                        .sslContext(),
                clientsKnown);
    }

    /** Shows the certificate of another authority until it is told to show ours; then as {@link #api}. */
    SwitchedCertificate switched(String name) {
        HeldCertificate.Builder server = new HeldCertificate.Builder().addSubjectAlternativeName(name);
        return new SwitchedCertificate(
                server.signedBy(new Certificates().authority).build(),
                server.signedBy(authority).build());
    }

    Path authorityPem(Path folder) throws IOException {
        return Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
    }

    /** Key first, then the certificate and its authority. */
    Path clientPem(Path folder) throws IOException {
        return Files.writeString(
                folder.resolve("client.pem"),
                client.privateKeyPkcs8Pem() + client.certificatePem() + authority.certificatePem());
    }

    Path clientStore(Path folder, String password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Certificate[] chain = {client.certificate(), authority.certificate()};
        store.setKeyEntry("client", client.keyPair().getPrivate(), password.toCharArray(), chain);
        Path file = folder.resolve("client.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
        return file;
    }
}
