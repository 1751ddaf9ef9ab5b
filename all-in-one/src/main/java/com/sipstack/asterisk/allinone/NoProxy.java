package com.sipstack.asterisk.allinone;

import java.util.Arrays;
import java.util.Locale;
import okhttp3.HttpUrl;

/** The list of hosts that are reached without the proxy, as curl reads {@code NO_PROXY}: names stand for what ends in them, too. */
final class NoProxy {
    private NoProxy() {}

    static boolean covers(String list, HttpUrl url) {
        return Arrays.stream(list.toLowerCase(Locale.ROOT).split("[,\\s]+", -1))
                .filter(entry -> !entry.isEmpty())
                .anyMatch(entry -> isCovered(entry, url.host(), ":" + url.port()));
    }

    private static boolean isCovered(String entry, String host, String port) {
        String name = entry.endsWith(port) ? entry.substring(0, entry.length() - port.length()) : entry;
        String domain = name.replaceFirst("^\\*?\\.", "");
        return name.equals("*") || host.equals(domain) || host.endsWith("." + domain);
    }
}
