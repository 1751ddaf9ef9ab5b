package com.sipstack.asterisk.sink;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * Files that say whom we trust beyond the system's authorities, and who we are to a server that asks for our certificate.
 *
 * @param authorities PEM, one certificate or more
 * @param client PEM (the certificate, its chain and a PKCS #8 key) or a PKCS #12 store
 * @param password of the PKCS #12 store
 */
record TlsFiles(Optional<Path> authorities, Optional<Path> client, Password password) {
    private static final String PEM = "-----BEGIN ";

    boolean isEmpty() {
        return authorities.isEmpty() && client.isEmpty();
    }

    /** @throws ConfigException for a file that cannot be read or is not what it should be; shows nothing of what is in it */
    HandshakeCertificates read() {
        HandshakeCertificates.Builder certificates =
                new HandshakeCertificates.Builder().addPlatformTrustedCertificates();
        authorities.ifPresent(file -> trusted(file).forEach(certificates::addTrustedCertificate));
        client.ifPresent(file -> identify(certificates, file));
        return certificates.build();
    }

    private static List<X509Certificate> trusted(Path file) {
        try {
            return x509(bytes(ConnectionConfig.CA, file));
        } catch (GeneralSecurityException e) {
            throw refused(ConnectionConfig.CA, file, "holds no certificates in PEM");
        }
    }

    private void identify(HandshakeCertificates.Builder certificates, Path file) {
        byte[] content = bytes(ConnectionConfig.CLIENT, file);
        try {
            if (new String(content, StandardCharsets.ISO_8859_1).contains(PEM)) {
                identifyByPem(certificates, content);
            } else {
                identifyByStore(certificates, content);
            }
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw refused(
                    ConnectionConfig.CLIENT,
                    file,
                    "is neither PEM with a certificate and a PKCS #8 key, nor a PKCS #12 store that "
                            + ConnectionConfig.CLIENT_PASSWORD + " opens");
        }
    }

    private static void identifyByPem(HandshakeCertificates.Builder certificates, byte[] content)
            throws GeneralSecurityException {
        String text = new String(content, StandardCharsets.US_ASCII);
        List<X509Certificate> chain = x509(content);
        HeldCertificate held = HeldCertificate.decode(block(text, "PRIVATE KEY") + block(text, "CERTIFICATE"));
        certificates.heldCertificate(held, chain.subList(1, chain.size()).toArray(X509Certificate[]::new));
    }

    /** The first block of this kind, ends of line included. */
    private static String block(String text, String kind) {
        String end = "-----END " + kind + "-----";
        int from = text.indexOf(PEM + kind + "-----");
        int to = text.indexOf(end, from);
        if (from < 0 || to < 0) {
            throw new IllegalArgumentException("no " + kind);
        }
        return text.substring(from, to + end.length()) + '\n';
    }

    private void identifyByStore(HandshakeCertificates.Builder certificates, byte[] content)
            throws GeneralSecurityException, IOException {
        char[] secret = password.value().toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(content), secret);
        String alias = Collections.list(store.aliases()).stream()
                .filter(name -> isKey(store, name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no key"));
        X509Certificate[] chain = Arrays.copyOf(
                store.getCertificateChain(alias), store.getCertificateChain(alias).length, X509Certificate[].class);
        KeyPair pair = new KeyPair(chain[0].getPublicKey(), (PrivateKey) store.getKey(alias, secret));
        certificates.heldCertificate(new HeldCertificate(pair, chain[0]), Arrays.copyOfRange(chain, 1, chain.length));
    }

    private static boolean isKey(KeyStore store, String alias) {
        try {
            return store.isKeyEntry(alias);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a store that was loaded is not loaded", e);
        }
    }

    private static List<X509Certificate> x509(byte[] pem) throws GeneralSecurityException {
        Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(certificates(pem)));
        if (found.isEmpty()) {
            throw new GeneralSecurityException("no certificate");
        }
        return found.stream().map(X509Certificate.class::cast).toList();
    }

    /** The certificates alone: the factory takes a private key before them for a broken certificate. */
    private static byte[] certificates(byte[] pem) {
        String text = new String(pem, StandardCharsets.US_ASCII);
        StringBuilder blocks = new StringBuilder();
        for (int at = text.indexOf(PEM + "CERTIFICATE-"); at >= 0; at = text.indexOf(PEM + "CERTIFICATE-", at + 1)) {
            blocks.append(block(text.substring(at), "CERTIFICATE"));
        }
        return blocks.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(String setting, Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw refused(setting, file, "cannot be read: " + e);
        }
    }

    private static ConfigException refused(String setting, Path file, String why) {
        return new ConfigException(setting + ": " + file + " " + why);
    }
}
