package com.sipstack.asterisk.source.ami;

import java.util.HashMap;
import java.util.Map;

/**
 * The headers that Asterisk writes for an event, in their order. It does not escape what callers send into a CEL event: an empty
 * line, or one that looks like the start of another event, belongs to a caller's name as long as headers are still to come.
 *
 * @param places each header's place in the order; empty if any may come until the first empty line
 */
record EventHeaders(Map<String, Integer> places) {
    /** By Asterisk's cel_manager.c. What stands before them is the manager's own, and no caller's. */
    private static final EventHeaders OF_CEL = inOrder(
            "EventName",
            "AccountCode",
            "CallerIDnum",
            "CallerIDname",
            "CallerIDani",
            "CallerIDrdnis",
            "CallerIDdnid",
            "Exten",
            "Context",
            "Channel",
            "Application",
            "AppData",
            "EventTime",
            "AMAFlags",
            "UniqueID",
            "LinkedID",
            "Userfield",
            "Peer",
            "PeerAccount",
            "UserDefType",
            "Extra");

    private static final EventHeaders OF_OTHERS = new EventHeaders(Map.of());

    static EventHeaders of(String event) {
        return event.equals(AmiEvent.CEL) ? OF_CEL : OF_OTHERS;
    }

    private static EventHeaders inOrder(String... names) {
        Map<String, Integer> places = new HashMap<>();
        for (String name : names) {
            places.put(name, places.size());
        }
        return new EventHeaders(Map.copyOf(places));
    }

    /** Whether a header can stand after another one. */
    boolean mayFollow(String before, String name) {
        if (!isOpen(before)) {
            return true;
        }
        Integer place = places.get(name);
        return place != null && place > places.get(before);
    }

    /** Whether others must come after this one before the event can end. */
    boolean isOpen(String header) {
        Integer place = places.get(header);
        return place != null && place < places.size() - 1;
    }
}
