package com.sipstack.asterisk.assembler.interpret;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells what contexts are for: by configuration first, then by the names that FreePBX and common dialplans give them. */
final class Contexts {
    private static final Pattern FROM_OUTSIDE = Pattern.compile(
            "(?:.*[-_])?from[-_](?:trunk|pstn|did|external|outside|sip-external|dahdi|zaptel|analog|provider|carrier)\\b.*"
                    + "|ext-did.*|inbound.*|incoming.*|.*[-_](?:inbound|incoming)");
    private static final Pattern FROM_INSIDE = Pattern.compile(
            "(?:.*[-_])?from[-_](?:internal|phone|phones|inside|sip|users?|extensions?|queue)\\b.*|internal.*|.*[-_]internal"
                    + "|ext-local.*|phones.*|users.*");
    private static final Pattern TO_OUTSIDE =
            Pattern.compile("outbound.*|outrt-.*|outgoing.*|macro-dialout-trunk.*|.*[-_](?:outbound|outgoing)");
    private static final Pattern MENU = Pattern.compile("(?:.*[-_])?(?:ivr|menu|auto-?attendant|aa)(?:[-_].*)?");

    /** FreePBX asks a number from the trunk's own context onwards: {@code from-did-16475550101}. */
    private static final Pattern WITH_DID = Pattern.compile(".*\\bdid[-_](\\d{7,15})\\b.*");

    private final RouteRules routes;

    Contexts(RouteRules routes) {
        this.routes = routes;
    }

    boolean isFromOutside(String context) {
        return routes.external().matches(context)
                || (!routes.internal().matches(context)
                        && FROM_OUTSIDE.matcher(lower(context)).matches());
    }

    boolean isFromInside(String context) {
        return routes.internal().matches(context)
                || routes.outbound().matches(context)
                || FROM_INSIDE.matcher(lower(context)).matches()
                || TO_OUTSIDE.matcher(lower(context)).matches();
    }

    /** Only what configuration says: a dialplan may use any context for local numbers as well. */
    boolean isConfiguredToOutside(String context) {
        return routes.outbound().matches(context);
    }

    boolean isMenu(String context) {
        return routes.menus().matches(context) || MENU.matcher(lower(context)).matches();
    }

    /** Only what configuration says. */
    boolean isQueue(String context) {
        return routes.queues().matches(context);
    }

    /** Only what configuration says. */
    boolean isOfTransfers(String context) {
        return routes.transfers().matches(context);
    }

    /** Empty if the context names no number. */
    static String didIn(String context) {
        Matcher matcher = WITH_DID.matcher(lower(context));
        return matcher.matches() ? matcher.group(1) : "";
    }

    private static String lower(String context) {
        return context.toLowerCase(Locale.ROOT);
    }
}
