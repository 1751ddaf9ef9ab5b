package com.sipstack.asterisk.sink;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * The settings that say how the API is reached.
 *
 * @param proxy empty for the way that the JVM's system properties say, which is a direct one unless they are set
 */
record ConnectionConfig(Optional<HttpProxy> proxy, TlsFiles tls, Compression compression) {
    static final String PROXY = "api.proxy.url";
    static final String PROXY_USER = "api.proxy.user";
    static final String PROXY_PASSWORD = "api.proxy.password";
    static final String CA = "api.tls.ca.file";
    static final String CLIENT = "api.tls.client.file";
    static final String CLIENT_PASSWORD = "api.tls.client.password";
    static final String COMPRESSION = "api.compression";

    private static final String GROUP = "Connection";

    static void define(ConfigDef settings) {
        defineProxy(settings);
        defineProxyCredentials(settings);
        defineAuthorities(settings);
        defineClient(settings);
        defineCompression(settings);
    }

    static ConnectionConfig from(AbstractConfig settings) {
        return new ConnectionConfig(
                proxy(settings),
                new TlsFiles(file(settings, CA), file(settings, CLIENT), settings.getPassword(CLIENT_PASSWORD)),
                Compression.of(settings.getString(COMPRESSION)));
    }

    private static Optional<HttpProxy> proxy(AbstractConfig settings) {
        return Optional.of(settings.getString(PROXY))
                .filter(url -> !url.isEmpty())
                .map(HttpUrl::get)
                .map(url -> new HttpProxy(
                        InetSocketAddress.createUnresolved(url.host(), url.port()),
                        settings.getString(PROXY_USER),
                        settings.getPassword(PROXY_PASSWORD)));
    }

    private static Optional<Path> file(AbstractConfig settings, String name) {
        return Optional.of(settings.getString(name))
                .filter(path -> !path.isEmpty())
                .map(Path::of);
    }

    private static void defineProxy(ConfigDef settings) {
        settings.define(
                PROXY,
                ConfigDef.Type.STRING,
                "",
                new ProxyUrlValidator(),
                Importance.MEDIUM,
                "An HTTP proxy between here and the API, such as http://proxy.example:3128. Without it the worker's JVM decides"
                        + " (https.proxyHost, http.nonProxyHosts).",
                GROUP,
                1,
                Width.LONG,
                "Proxy");
    }

    private static void defineProxyCredentials(ConfigDef settings) {
        settings.define(
                PROXY_USER,
                ConfigDef.Type.STRING,
                "",
                Importance.LOW,
                "The user that the proxy asks for (Basic).",
                GROUP,
                2,
                Width.MEDIUM,
                "Proxy user");
        settings.define(
                PROXY_PASSWORD,
                ConfigDef.Type.PASSWORD,
                "",
                Importance.LOW,
                "The password of the proxy's user. It appears in no log.",
                GROUP,
                3,
                Width.MEDIUM,
                "Proxy password");
    }

    private static void defineAuthorities(ConfigDef settings) {
        settings.define(
                CA,
                ConfigDef.Type.STRING,
                "",
                Importance.LOW,
                "A file on the worker with certificates in PEM of authorities that are trusted beside the JVM's own, such"
                        + " as that of a proxy which opens TLS. Certificates are always verified.",
                GROUP,
                4,
                Width.LONG,
                "Authorities (PEM)");
    }

    private static void defineClient(ConfigDef settings) {
        settings.define(
                CLIENT,
                ConfigDef.Type.STRING,
                "",
                Importance.LOW,
                "A file on the worker with our own certificate and key, where a server asks for them: PEM (the"
                        + " certificate, its chain, a PKCS #8 key) or PKCS #12.",
                GROUP,
                5,
                Width.LONG,
                "Client certificate");
        settings.define(
                CLIENT_PASSWORD,
                ConfigDef.Type.PASSWORD,
                "",
                Importance.LOW,
                "The password of the PKCS #12 file. It appears in no log.",
                GROUP,
                6,
                Width.MEDIUM,
                "Client certificate's password");
    }

    private static void defineCompression(ConfigDef settings) {
        settings.define(
                COMPRESSION,
                ConfigDef.Type.STRING,
                Compression.NONE.label(),
                Compression.validator(),
                Importance.LOW,
                "How bodies of requests are packed: less to send for more to compute.",
                GROUP,
                7,
                Width.SHORT,
                "Compression");
    }
}
