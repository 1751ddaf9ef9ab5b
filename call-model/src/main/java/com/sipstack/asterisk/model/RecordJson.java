package com.sipstack.asterisk.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows as JSON objects, written and read without a map in between: a stream of rows passes here several times. Immutable and safe for
 * any thread.
 */
public final class RecordJson<R extends Record> {
    private static final JsonFactory JSON = new ObjectMapper().getFactory();

    private final RecordShape<R> shape;

    RecordJson(RecordShape<R> shape) {
        this.shape = shape;
    }

    /** Writes the columns that are not null, in the schema's order; equal rows give equal bytes. */
    public void write(R row, OutputStream out) {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            shape.write(row, (name, value) -> write(json, name, value));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a row cannot be written as JSON", e);
        }
    }

    private static void write(JsonGenerator json, String name, Object value) {
        try {
            if (value instanceof String text) {
                json.writeStringField(name, text);
            } else if (value instanceof Map<?, ?> rest) {
                // Their own order differs from one JVM to the next
                json.writeObjectField(name, new TreeMap<>(rest));
            } else if (value != null) {
                json.writeObjectField(name, value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a row cannot be written as JSON", e);
        }
    }

    /**
     * Reads an object, as {@link RecordMapping#fromColumns} reads its fields.
     *
     * @throws RowFormatException if it is no JSON object, or a value is not of its column's type
     */
    public R read(byte[] bytes, int offset, int length) {
        try (JsonParser json = JSON.createParser(bytes, offset, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new RowFormatException("value is no JSON object and should be one with a row's columns");
            }
            RecordShape<R>.Values values = shape.new Values();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                values.put(name, value(json));
            }
            return values.toRecord();
        } catch (JsonProcessingException e) {
            throw new RowFormatException("value is no JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot be read", e);
        }
    }

    private static Object value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT ->
                json.getNumberType() == NumberType.BIG_INTEGER ? json.getText() : json.getLongValue();
            default -> json.readValueAs(Object.class);
        };
    }
}
