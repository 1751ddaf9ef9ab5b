package com.sipstack.asterisk.sink;

import okhttp3.HttpUrl;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Accepts bases of the API. A wrong one would answer 404 to every document, and all would wait. */
final class ApiUrlValidator implements ConfigDef.Validator {
    @Override
    public void ensureValid(String name, Object value) {
        if (value instanceof String text && !text.isEmpty() && !isBase(HttpUrl.parse(text))) {
            throw new ConfigException(name, value, "must be " + this);
        }
    }

    private static boolean isBase(HttpUrl url) {
        return url != null
                && url.encodedPath().replaceFirst("/$", "").endsWith("/v1")
                && url.query() == null
                && url.fragment() == null
                && url.username().isEmpty();
    }

    @Override
    public String toString() {
        return "empty, or an http or https URL that ends in /v1";
    }
}
