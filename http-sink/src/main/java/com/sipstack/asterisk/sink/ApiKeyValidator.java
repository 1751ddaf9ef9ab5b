package com.sipstack.asterisk.sink;

import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** Accepts the formats of SIPSTACK API keys, and shows none of a key that it refuses. */
final class ApiKeyValidator implements ConfigDef.Validator {
    private static final Pattern STANDARD_OR_LEGACY = Pattern.compile("sk_[A-Za-z0-9]{20,}");
    private static final Pattern TIERED = Pattern.compile("sk_t[0-4]_[0-9a-fA-F]{32}_[0-9a-fA-F]{64}");
    private static final Pattern TIERED_BY_CUSTOMER = Pattern.compile("sk_t[0-4]_c[0-9]+_[A-Za-z0-9]{20,}");

    @Override
    public void ensureValid(String name, Object value) {
        if (value instanceof Password key && !isKey(key.value())) {
            throw new ConfigException(name + " must be " + this);
        }
    }

    private static boolean isKey(String key) {
        return STANDARD_OR_LEGACY.matcher(key).matches()
                || TIERED.matcher(key).matches()
                || TIERED_BY_CUSTOMER.matcher(key).matches();
    }

    @Override
    public String toString() {
        return "a SIPSTACK API key: sk_ and 20 or more letters and digits, sk_t<0-4>_<32 hex>_<64 hex> or"
                + " sk_t<0-4>_c<digits>_<20 or more letters and digits>";
    }
}
