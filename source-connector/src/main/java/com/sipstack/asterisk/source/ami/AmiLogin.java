package com.sipstack.asterisk.source.ami;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.config.types.Password;

/**
 * How to reach a PBX's manager interface.
 *
 * @param isPlain whether the secret itself is sent; otherwise only its digest with a challenge (MD5)
 * @param tls empty if the connection is not encrypted
 * @param connectTimeout for the connection, and for each answer while logging in
 * @param readTimeout after which a silent connection is taken for dead; longer than the interval of pings
 */
record AmiLogin(
        String host,
        int port,
        String user,
        Password secret,
        boolean isPlain,
        Optional<Tls> tls,
        Duration connectTimeout,
        Duration readTimeout) {
    /**
     * @param authorities PEM file with the certificates that sign the PBX's; empty for those that Java trusts
     */
    record Tls(Optional<Path> authorities) {}

    /** For the log. */
    String place() {
        return "manager interface " + host + ":" + port;
    }
}
