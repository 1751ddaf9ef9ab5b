package com.sipstack.asterisk.stubapi;

import static java.util.Objects.requireNonNull;

import javax.net.ssl.SSLContext;

/**
 * How a stub API speaks TLS.
 *
 * @param context with the server's certificate, and with whom it trusts
 * @param clientsKnown whether clients have to show a certificate that the context trusts
 */
public record StubTls(SSLContext context, boolean clientsKnown) {
    public StubTls {
        requireNonNull(context, "context is null");
    }
}
