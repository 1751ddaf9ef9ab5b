package com.sipstack.asterisk.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a broker needs that asks who its clients are: TLS with a certificate of its own, SASL/PLAIN users, and ACLs, without which
 * nobody but {@link #ADMIN} may do anything. For tests: every user's password is made anew for each broker.
 */
public final class BrokerSecurity {
    /** The user who may do everything, the broker among them. */
    public static final String ADMIN = "admin";

    private static final String ALIAS = "broker";

    private final Path keys;
    private final Path certificate;
    private final String password;
    private final Set<String> users;

    private BrokerSecurity(Path directory, String password, Set<String> users) {
        this.keys = directory.resolve("broker.p12");
        this.certificate = directory.resolve("broker.pem");
        this.password = password;
        this.users = users;
    }

    /**
     * Makes keys, with the JDK's keytool.
     *
     * @param directory made if it is missing
     * @param users beside {@link #ADMIN}
     */
    public static BrokerSecurity create(Path directory, Set<String> users) throws IOException, InterruptedException {
        Set<String> all = new TreeSet<>(users);
        all.add(ADMIN);
        BrokerSecurity security =
                new BrokerSecurity(directory, UUID.randomUUID().toString().replace("-", ""), all);
        Files.createDirectories(directory);
        security.makeKeys();
        return security;
    }

    /** What a client of a user needs beside the broker's address. */
    public Map<String, String> clientSettings(String user) {
        return Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config", login(user) + ";",
                "ssl.truststore.type", "PEM",
                "ssl.truststore.location", certificate.toString());
    }

    Map<String, String> brokerSettings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("sasl.enabled.mechanisms", "PLAIN");
        settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        settings.put(
                "listener.name.sasl_ssl.plain.sasl.jaas.config",
                users.stream()
                        .map(user -> "user_" + user + "=\"" + passwordOf(user) + "\"")
                        .collect(Collectors.joining(" ", login(ADMIN) + " ", ";")));
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.location", keys.toString());
        settings.put("ssl.keystore.password", password);
        settings.put("ssl.key.password", password);
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.truststore.location", certificate.toString());
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        // The controller listens to this machine alone, and knows nobody's name
        settings.put("super.users", "User:" + ADMIN + ";User:ANONYMOUS");
        return settings;
    }

    private String login(String user) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user + "\" password=\""
                + passwordOf(user) + "\"";
    }

    private String passwordOf(String user) {
        return user + password;
    }

    private void makeKeys() throws IOException, InterruptedException {
        keytool(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-validity",
                "3650",
                "-storetype",
                "PKCS12");
        keytool("-exportcert", "-rfc", "-file", certificate.toString());
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-alias",
                ALIAS,
                "-keystore",
                keys.toString(),
                "-storepass",
                password));
        command.addAll(1, List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("no keys could be made: " + said);
        }
    }
}
