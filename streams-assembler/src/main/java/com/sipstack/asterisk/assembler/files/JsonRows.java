package com.sipstack.asterisk.assembler.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.assembler.files.FileRow.Line;
import com.sipstack.asterisk.model.CsvLayout.Table;
import com.sipstack.asterisk.model.RowFormatException;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads rows that stand in JSON, one object a line: columns by name, as a table or a topic is exported. The field {@code table} tells
 * what a row is, else its columns do.
 */
final class JsonRows {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, Object>> COLUMNS = new TypeReference<>() {};
    private static final String TABLE = "table";
    private static final String PAYLOAD = "payload";

    private JsonRows() {}

    static List<FileRow> read(String file, BufferedReader in, Complaints complaints) throws IOException {
        List<FileRow> rows = new ArrayList<>();
        long number = 0;
        for (String text = in.readLine(); text != null; text = in.readLine()) {
            Line line = new Line(file, ++number);
            try {
                if (!text.isBlank()) {
                    rows.add(row(line, text));
                }
            } catch (RowFormatException e) {
                complaints.about(line.toString(), e.getMessage());
            }
        }
        return rows;
    }

    private static FileRow row(Line line, String text) {
        Map<String, Object> columns = new LinkedHashMap<>();
        objectOf(text).forEach((name, value) -> columns.put(name.toLowerCase(Locale.ROOT), value));
        Object table = columns.remove(TABLE);
        return new FileRow(line, line.number(), tableOf(table, columns), columns);
    }

    /** A converter with schemas puts the row beside its schema. */
    private static Map<String, Object> objectOf(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            JsonNode row = json.path("schema").isObject() ? json.path(PAYLOAD) : json;
            if (!row.isObject()) {
                throw new RowFormatException("is no JSON object");
            }
            return JSON.convertValue(row, COLUMNS);
        } catch (JsonProcessingException e) {
            throw new RowFormatException("is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Table tableOf(Object named, Map<String, Object> columns) {
        String name = named == null ? "" : named.toString().toLowerCase(Locale.ROOT);
        if (name.contains("cel") || (name.isEmpty() && columns.containsKey("eventtype"))) {
            return Table.CEL;
        }
        boolean isLeg = columns.containsKey("disposition") || columns.containsKey("dcontext");
        if (name.contains("cdr") || (name.isEmpty() && isLeg)) {
            return Table.CDR;
        }
        throw new RowFormatException("has neither a CEL's columns (eventtype) nor a CDR's (disposition, dcontext)");
    }
}
