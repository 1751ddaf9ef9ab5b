package com.sipstack.asterisk.model;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A channel's name, {@code technology/endpoint-instance}, e.g. {@code PJSIP/acme-101-0000001c} or {@code Local/108@queue-0001;2}.
 * It is no identity: names begin again at -00000000 when Asterisk restarts.
 *
 * @param technology e.g. {@code SIP}, {@code PJSIP}, {@code Local}; never null
 * @param endpoint peer, trunk or {@code exten@context} of a Local channel; never null
 * @param instance hexadecimal counter, with {@code ;1} or {@code ;2} for the halves of a Local channel; empty if there is none
 */
public record ChannelName(String technology, String endpoint, String instance) {
    private static final Set<String> PLUMBING = Set.of(
            "local",
            "cbann",
            "cbrec",
            "announcer",
            "recorder",
            "bridge",
            "snoop",
            "surrogate",
            "asyncgoto",
            "message",
            "unicastrtp",
            "audiosocket");

    /** Reads a channel's name; the marks of masquerades ({@code <ZOMBIE>}, {@code <MASQ>}) are cut off. Empty for a blank text. */
    public static Optional<ChannelName> parse(String name) {
        if (name == null || name.isBlank()) {
            return Optional.empty();
        }
        int mark = name.indexOf('<');
        String text = mark < 0 ? name.strip() : name.substring(0, mark).strip();
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.of(new ChannelName(text, "", ""));
        }
        int dash = text.lastIndexOf('-');
        boolean hasInstance = dash > slash;
        return Optional.of(new ChannelName(
                text.substring(0, slash),
                text.substring(slash + 1, hasInstance ? dash : text.length()),
                hasInstance ? text.substring(dash + 1) : ""));
    }

    /** Whether it carries sound between parts of Asterisk and belongs to no person. */
    public boolean isPlumbing() {
        return PLUMBING.contains(technology.toLowerCase(Locale.ROOT));
    }
}
