package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.demopbx.Corpus;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows to write into tables. */
final class RowsOfCalls {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");
    private static final List<Map<String, Object>> CEL = Corpus.PBX_20.rows("cel");

    private RowsOfCalls() {}

    /** The first events of the corpus. */
    static List<Map<String, Object>> cel(int count) {
        return CEL.subList(0, count);
    }

    /** The start of a channel, at a moment, by a PBX in Toronto. */
    static Map<String, Object> chanStart(Instant moment, String number) {
        Map<String, Object> row = new LinkedHashMap<>(CEL.get(0));
        row.put("eventtime", LocalDateTime.ofInstant(moment, Corpus.ZONE).format(LOCAL));
        row.put("uniqueid", moment.getEpochSecond() + "." + number);
        row.put("linkedid", moment.getEpochSecond() + "." + number);
        return row;
    }
}
