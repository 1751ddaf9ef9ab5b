package com.sipstack.asterisk.source.ami;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The columns of an event's row, under the names that Asterisk's tables have. Other headers, those of cdr_manager's own mappings
 * too, keep their names in lower case: whatever spelling is configured there, {@code LinkedID} becomes {@code linkedid}.
 */
final class EventColumns {
    private static final Set<String> MANAGERS_OWN = Set.of("event", "privilege", "timestamp", "sequencenumber");

    private static final Map<String, String> CEL = Map.ofEntries(
            Map.entry("eventname", "eventtype"),
            Map.entry("calleridnum", "cid_num"),
            Map.entry("calleridname", "cid_name"),
            Map.entry("calleridani", "cid_ani"),
            Map.entry("calleridrdnis", "cid_rdnis"),
            Map.entry("calleriddnid", "cid_dnid"),
            Map.entry("channel", "channame"),
            Map.entry("application", "appname"));

    private static final Map<String, String> CDR = Map.ofEntries(
            Map.entry("source", "src"),
            Map.entry("destination", "dst"),
            Map.entry("destinationcontext", "dcontext"),
            Map.entry("callerid", "clid"),
            Map.entry("destinationchannel", "dstchannel"),
            Map.entry("lastapplication", "lastapp"),
            Map.entry("starttime", "calldate"),
            Map.entry("answertime", "answer"),
            Map.entry("endtime", "end"),
            Map.entry("billableseconds", "billsec"));

    private EventColumns() {}

    static Map<String, Object> ofCel(AmiEvent event) {
        return rename(event, CEL);
    }

    /** A mapping of cdr_manager that repeats one of Asterisk's own headers does not take its place. */
    static Map<String, Object> ofCdr(AmiEvent event) {
        return rename(event, CDR);
    }

    /** Of Hold and Unhold, which no CEL tells of: a row of that name on its channel, at the moment given. */
    static Map<String, Object> ofHold(AmiEvent event, String moment) {
        Map<String, Object> columns = new HashMap<>();
        columns.put("eventtype", event.name().toUpperCase(Locale.ROOT));
        columns.put("eventtime", moment);
        columns.put("channame", event.headers().get("Channel"));
        columns.put("uniqueid", event.headers().get("Uniqueid"));
        columns.put("linkedid", event.headers().get("Linkedid"));
        columns.put("exten", event.headers().get("Exten"));
        columns.put("context", event.headers().get("Context"));
        columns.put("accountcode", event.headers().get("AccountCode"));
        return columns;
    }

    private static Map<String, Object> rename(AmiEvent event, Map<String, String> names) {
        Map<String, Object> columns = new LinkedHashMap<>();
        event.headers().forEach((header, value) -> {
            String name = header.toLowerCase(Locale.ROOT);
            if (!MANAGERS_OWN.contains(name)) {
                columns.putIfAbsent(names.getOrDefault(name, name), value);
            }
        });
        return columns;
    }
}
