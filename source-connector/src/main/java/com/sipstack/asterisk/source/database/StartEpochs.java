package com.sipstack.asterisk.source.database;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads which epochs tables begin with that were never read, such as {@code cel=2}. */
final class StartEpochs {
    private static final Pattern FORM = Pattern.compile("([^=]+)=(\\d{1,6})");

    private StartEpochs() {}

    /**
     * By table.
     *
     * @throws IllegalArgumentException if an item is none, or a table has two
     */
    static Map<String, Integer> parse(List<String> items) {
        try {
            return items.stream()
                    .map(StartEpochs::matched)
                    .collect(toUnmodifiableMap(item -> item.group(1), item -> Integer.valueOf(item.group(2))));
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException("a table has two epochs in " + items, e);
        }
    }

    private static Matcher matched(String item) {
        Matcher matcher = FORM.matcher(item);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("epoch '" + item + "' is not <table>=<number>");
        }
        return matcher;
    }
}
