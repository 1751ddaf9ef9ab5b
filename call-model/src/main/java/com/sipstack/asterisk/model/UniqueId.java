package com.sipstack.asterisk.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A channel's uniqueid as Asterisk makes it: {@code [systemname-]epoch.sequence}. A client of ARI or AMI may assign any other
 * text, which does not parse.
 *
 * @param systemName asterisk.conf's systemname; empty if there is none
 * @param epochSecond second of the channel's creation, UTC, whatever the PBX's time zone
 * @param sequence counts the channels of an Asterisk process, from 0
 */
public record UniqueId(String systemName, long epochSecond, long sequence) {
    /** Read from the right, since a systemname may hold hyphens and dots. Ten digits: from 2001 to 2286. */
    private static final Pattern FORM = Pattern.compile("(?:(.*)-)?([1-9]\\d{9})\\.(\\d{1,18})");

    public static Optional<UniqueId> parse(String uniqueid) {
        if (uniqueid == null) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(uniqueid);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String systemName = matcher.group(1) == null ? "" : matcher.group(1);
        return Optional.of(
                new UniqueId(systemName, Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3))));
    }
}
