package com.sipstack.asterisk.sink;

import okhttp3.HttpUrl;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Accepts addresses of HTTP proxies. Shows none that it refuses: there may be a password in it. */
final class ProxyUrlValidator implements ConfigDef.Validator {
    @Override
    public void ensureValid(String name, Object value) {
        if (value instanceof String text && !text.isEmpty() && !isProxy(HttpUrl.parse(text))) {
            throw new ConfigException(name + " must be " + this);
        }
    }

    private static boolean isProxy(HttpUrl url) {
        return url != null
                && !url.isHttps()
                && url.encodedPath().equals("/")
                && url.query() == null
                && url.fragment() == null
                && url.username().isEmpty()
                && url.password().isEmpty();
    }

    @Override
    public String toString() {
        return "empty, or http://<host>:<port>, without user and password";
    }
}
