package com.sipstack.asterisk.allinone.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import okhttp3.tls.HandshakeCertificates;

/** Whose certificates are trusted: those that Java trusts, and those of a PEM file. */
final class TrustedAuthorities {
    private TrustedAuthorities() {}

    /** @throws IOException if the file cannot be read, or holds no certificates */
    static HandshakeCertificates of(Optional<Path> file) throws IOException {
        HandshakeCertificates.Builder trusted = new HandshakeCertificates.Builder().addPlatformTrustedCertificates();
        if (file.isPresent()) {
            try (InputStream in = Files.newInputStream(file.get())) {
                CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                        .map(X509Certificate.class::cast)
                        .forEach(trusted::addTrustedCertificate);
            } catch (CertificateException e) {
                throw new IOException(file.get() + " holds no certificates in PEM", e);
            }
        }
        return trusted.build();
    }
}
