package com.sipstack.asterisk.assembler.interpret;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names of contexts or endpoints as people configure them: {@code *} stands for any text, upper and lower case are the same.
 *
 * @param patterns as configured
 */
public record NamePatterns(List<String> patterns) {
    public static final NamePatterns NONE = new NamePatterns(List.of());

    public NamePatterns {
        patterns = List.copyOf(patterns);
    }

    /** The first pattern that the name matches. */
    Optional<String> matching(String name) {
        return patterns.stream().filter(pattern -> matches(pattern, name)).findFirst();
    }

    boolean matches(String name) {
        return matching(name).isPresent();
    }

    private static boolean matches(String pattern, String name) {
        String lowerName = name.toLowerCase(Locale.ROOT);
        String lowerPattern = pattern.strip().toLowerCase(Locale.ROOT);
        if (!lowerPattern.contains("*")) {
            return lowerPattern.equals(lowerName);
        }
        StringBuilder regex = new StringBuilder();
        for (String literal : lowerPattern.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
        }
        return Pattern.matches(regex.toString(), lowerName);
    }
}
