package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.Row;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of a call as a person would read them in psql. A line is a row: columns are separated by {@code |}, the first line names them,
 * and {@code time} counts seconds from the call's start. Lines of dashes say nothing.
 */
final class Cels {
    private static final Instant START = Instant.parse("2026-11-21T23:54:48Z");
    private static final String LINKEDID = "1795305288.0";

    private Cels() {}

    static List<Row> table(String text) {
        List<String[]> lines = lines(text);
        List<Row> rows = new ArrayList<>();
        for (String[] line : lines.subList(1, lines.size())) {
            rows.add(Cel.MAPPING.fromColumns(columns(lines.get(0), line, rows.size(), "event_time")));
        }
        return rows;
    }

    static List<Row> legs(String text) {
        List<String[]> lines = lines(text);
        List<Row> rows = new ArrayList<>();
        for (String[] line : lines.subList(1, lines.size())) {
            rows.add(Cdr.MAPPING.fromColumns(columns(lines.get(0), line, rows.size(), "start_time")));
        }
        return rows;
    }

    private static List<String[]> lines(String text) {
        return text.lines()
                .filter(line -> !line.isBlank() && !line.matches("[-+\\s]+"))
                .map(line -> line.split("\\|", -1))
                .toList();
    }

    private static Map<String, Object> columns(String[] names, String[] values, int position, String timeColumn) {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("pbx", "pbx-east");
        columns.put("source", "database");
        columns.put("origin", timeColumn);
        columns.put("position", (long) position);
        columns.put("linkedid", LINKEDID);
        for (int i = 0; i < names.length && i < values.length; i++) {
            String name = names[i].strip();
            String value = values[i].strip();
            if (name.equals("time")) {
                columns.put(timeColumn, micros(Double.parseDouble(value)));
            } else {
                columns.put(name, value);
            }
        }
        return columns;
    }

    private static long micros(double seconds) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, START) + Math.round(seconds * 1e6);
    }

    static String linkedid() {
        return LINKEDID;
    }
}
