package com.sipstack.asterisk.sink;

import java.time.Duration;
import okhttp3.HttpUrl;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.types.Password;

/**
 * The settings that say where the API is and who we are.
 *
 * @param base of all addresses
 * @param workers among how many processes the key's limit is divided
 * @param timeout of a whole call: connect, send, wait, receive
 */
record ApiConfig(HttpUrl base, Password key, Duration timeout, int workers, ConnectionConfig connection) {
    static final String KEY = "api.key";
    static final String REGION = "api.region";
    static final String URL = "api.url";
    static final String WORKERS = "rate.limit.workers";
    static final String TIMEOUT = "api.timeout.ms";

    private static final String GROUP = "API";

    /** Where raw records are posted. */
    HttpUrl rawUrl() {
        return url("mqs/connectors/asterisk/cdr");
    }

    static void define(ConfigDef settings) {
        defineKey(settings);
        defineRegion(settings);
        defineUrl(settings);
        defineTimeout(settings);
        defineWorkers(settings);
        ConnectionConfig.define(settings);
    }

    static ApiConfig from(AbstractConfig settings) {
        return new ApiConfig(
                base(settings),
                settings.getPassword(KEY),
                Duration.ofMillis(settings.getInt(TIMEOUT)),
                settings.getInt(WORKERS),
                ConnectionConfig.from(settings));
    }

    /** Where call documents are posted. */
    HttpUrl callsUrl() {
        return url("mqs/connectors/asterisk/calls");
    }

    /** Where recordings are uploaded. */
    HttpUrl recordingUrl() {
        return url("mqs/recording");
    }

    /** Where the API says whether it is there. */
    HttpUrl healthUrl() {
        return url("health");
    }

    private HttpUrl url(String path) {
        return base.newBuilder().addPathSegments(path).build();
    }

    private static HttpUrl base(AbstractConfig settings) {
        String url = settings.getString(URL);
        return HttpUrl.get(
                url.isEmpty() ? ApiRegion.of(settings.getString(REGION)).url() : url);
    }

    private static void defineKey(ConfigDef settings) {
        settings.define(
                KEY,
                ConfigDef.Type.PASSWORD,
                ConfigDef.NO_DEFAULT_VALUE,
                new ApiKeyValidator(),
                Importance.HIGH,
                "The SIPSTACK API key. It appears in no log; a ${provider:path:key} reference keeps it out of the"
                        + " configuration, too.",
                GROUP,
                1,
                Width.LONG,
                "API key");
    }

    private static void defineRegion(ConfigDef settings) {
        settings.define(
                REGION,
                ConfigDef.Type.STRING,
                ApiRegion.DEFAULT.label(),
                ApiRegion.validator(),
                Importance.HIGH,
                "The region of the SIPSTACK API.",
                GROUP,
                2,
                Width.SHORT,
                "API region",
                ApiRegion.recommender());
    }

    private static void defineUrl(ConfigDef settings) {
        settings.define(
                URL,
                ConfigDef.Type.STRING,
                "",
                new ApiUrlValidator(),
                Importance.LOW,
                "The base of the API, up to and including /v1, in place of the region's.",
                GROUP,
                3,
                Width.LONG,
                "API URL");
    }

    private static void defineWorkers(ConfigDef settings) {
        settings.define(
                WORKERS,
                ConfigDef.Type.INT,
                1,
                Range.atLeast(1),
                Importance.MEDIUM,
                "How many workers send with the same API key. The limit of a tiered key (10, 60, 300, 1200 or 3600 requests a"
                        + " minute) is divided among them; the tasks of one worker share its part.",
                GROUP,
                5,
                Width.SHORT,
                "Workers of the key");
    }

    private static void defineTimeout(ConfigDef settings) {
        settings.define(
                TIMEOUT,
                ConfigDef.Type.INT,
                30_000,
                Range.atLeast(1),
                Importance.MEDIUM,
                "How long a request may take as a whole, in milliseconds, before it counts as failed and is retried.",
                GROUP,
                4,
                Width.SHORT,
                "API timeout (ms)");
    }
}
