package com.sipstack.asterisk.sink;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the API, before anything is sent, whether it is there and takes our key. */
final class ApiCheck {
    private static final Logger LOG = LoggerFactory.getLogger(ApiCheck.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private ApiCheck() {}

    /**
     * What the API has against our key; empty if nothing. An API that cannot be reached is no reason to refuse a configuration.
     *
     * @throws org.apache.kafka.common.config.ConfigException for certificates that cannot be read
     */
    static Optional<String> refusal(ApiConfig api) {
        OkHttpClient http = HttpClients.of(LIMIT, api.connection(), 1);
        try (Response response = http.newCall(
                        ApiClient.identified(api).url(api.healthUrl()).build())
                .execute()) {
            return refusal(response.code());
        } catch (IOException e) {
            LOG.warn("The API cannot be reached ({}); documents will wait until it can", e.toString());
            return Optional.empty();
        } finally {
            HttpClients.close(http);
        }
    }

    private static Optional<String> refusal(int status) {
        if (status == 401 || status == 403) {
            return Optional.of(ApiConfig.KEY + " is refused by the API (HTTP " + status + ")");
        }
        if (status >= 500) {
            LOG.warn("The API fails (HTTP {}); documents will wait until it works", status);
        }
        return Optional.empty();
    }
}
