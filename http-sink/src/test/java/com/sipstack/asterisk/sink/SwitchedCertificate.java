package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.stubapi.StubTls;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import okhttp3.tls.HeldCertificate;

/** A server's certificate that is a wrong one first. Safe for any thread. */
final class SwitchedCertificate extends X509ExtendedKeyManager {
    private static final String ALIAS = "server";

    private final HeldCertificate right;
    private final AtomicInteger handshakes = new AtomicInteger();
    private volatile HeldCertificate shown;

    SwitchedCertificate(HeldCertificate wrong, HeldCertificate right) {
        this.shown = wrong;
        this.right = right;
    }

    StubTls tls() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {this}, null, null);
        return new StubTls(context, false);
    }

    void showTheRightOne() {
        shown = right;
    }

    /** How often a certificate was shown. */
    int handshakes() {
        return handshakes.get();
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return keyType.equals(shown.keyPair().getPrivate().getAlgorithm()) ? ALIAS : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        handshakes.incrementAndGet();
        return new X509Certificate[] {shown.certificate()};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return shown.keyPair().getPrivate();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        throw new UnsupportedOperationException("the server has engines, no sockets");
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        throw new UnsupportedOperationException("a server's only");
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        throw new UnsupportedOperationException("a server's only");
    }
}
