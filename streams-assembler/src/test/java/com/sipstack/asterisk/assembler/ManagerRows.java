package com.sipstack.asterisk.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.Row;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rows of a manager session's transcript as the source has them: no positions, whole seconds. */
final class ManagerRows {
    private static final Map<String, String> COLUMNS = Map.ofEntries(
            Map.entry("eventname", "eventtype"),
            Map.entry("calleridnum", "cid_num"),
            Map.entry("calleridname", "cid_name"),
            Map.entry("calleridani", "cid_ani"),
            Map.entry("calleridrdnis", "cid_rdnis"),
            Map.entry("calleriddnid", "cid_dnid"),
            Map.entry("application", "appname"),
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

    private ManagerRows() {}

    /** In order. An event that a caller's name broke into two is left out: the source makes a letter of it. */
    static List<Row> of(Corpus corpus, String pbx) {
        List<Row> rows = new ArrayList<>();
        for (String block : new String(corpus.managerTranscript(), UTF_8).split("\r\n\r\n", -1)) {
            Map<String, Object> columns = columns(block);
            boolean isEvent = "CEL".equals(columns.remove("event cel"));
            boolean isLeg = "Cdr".equals(columns.remove("event cdr"));
            if (columns.containsKey("uniqueid") && (isEvent || isLeg)) {
                rows.add(row(columns, pbx, isEvent));
            }
        }
        return rows;
    }

    private static Map<String, Object> columns(String block) {
        Map<String, Object> columns = new LinkedHashMap<>();
        for (String line : block.split("\r\n", -1)) {
            String[] header = line.split(": ?", 2);
            if (header.length == 2) {
                String name = header[0].toLowerCase(Locale.ROOT);
                boolean isKind = name.equals("event");
                columns.putIfAbsent(isKind ? "event " + header[1].toLowerCase(Locale.ROOT) : name, header[1]);
            }
        }
        columns.remove("privilege");
        return columns;
    }

    private static Row row(Map<String, Object> headers, String pbx, boolean isEvent) {
        Map<String, Object> columns = new LinkedHashMap<>();
        headers.forEach((header, value) -> columns.put(COLUMNS.getOrDefault(header, header), value));
        if (isEvent) {
            columns.put("channame", columns.remove("channel"));
        }
        String local = (String) columns.get(isEvent ? "eventtime" : "calldate");
        long second =
                LocalDateTime.parse(local.replace(' ', 'T')).atZone(Corpus.ZONE).toEpochSecond();
        columns.put(isEvent ? "event_time" : "start_time", second * 1_000_000);
        columns.putAll(Map.of("pbx", pbx, "source", "ami", "origin", "10.0.0.1:5038"));
        return isEvent ? Cel.MAPPING.fromColumns(columns) : Cdr.MAPPING.fromColumns(columns);
    }
}
