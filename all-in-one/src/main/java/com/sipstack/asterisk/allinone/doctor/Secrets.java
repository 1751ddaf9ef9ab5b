package com.sipstack.asterisk.allinone.doctor;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Values that nobody is to see, wherever a server or a driver quotes them. */
final class Secrets {
    private static final Pattern NAME = Pattern.compile("(?i).*(password|secret|key|token|jaas).*");
    /** Shorter ones would blot out ordinary words; a password of that kind is none. */
    private static final int SHORTEST = 4;

    private final List<String> values;

    private Secrets(Collection<String> values) {
        this.values = values.stream()
                .filter(value -> value.length() >= SHORTEST)
                .distinct()
                .toList();
    }

    /** Those of all these settings whose names say that they are secret. */
    static Secrets of(Collection<Map<String, String>> settings) {
        return new Secrets(settings.stream()
                .flatMap(map -> map.entrySet().stream())
                .filter(entry -> NAME.matcher(entry.getKey()).matches())
                .map(Map.Entry::getValue)
                .toList());
    }

    String hide(String text) {
        String hidden = text;
        for (String value : values) {
            hidden = hidden.replace(value, "***");
        }
        return hidden;
    }
}
