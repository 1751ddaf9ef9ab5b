package com.sipstack.asterisk.allinone.forget;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Pbx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.storage.Converter;

/** What a stored record says, whatever its topic: all its fields, however deep, by their own names. */
final class Content {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String pbx;
    private final Map<String, List<String>> fields = new LinkedHashMap<>();

    /**
     * Reads a record.
     *
     * @param converter of values that are no JSON; one that it cannot read is taken as text
     */
    Content(ConsumerRecord<byte[], byte[]> record, Converter converter) {
        String key = record.key() == null ? "" : new String(record.key(), UTF_8);
        int end = key.indexOf('|');
        pbx = end < 0 ? key : key.substring(0, end);
        if (end >= 0) {
            add("linkedid", key.substring(end + 1));
        }
        add("", value(record, converter));
        for (Header header : record.headers()) {
            add("", header.value() == null ? null : new String(header.value(), UTF_8));
        }
    }

    private static Object value(ConsumerRecord<byte[], byte[]> record, Converter converter) {
        byte[] value = record.value();
        try {
            if (value != null && value.length > 0 && value[0] == '{') {
                return JSON.readValue(value, Object.class);
            }
            return converter
                    .toConnectData(record.topic(), record.headers(), value)
                    .value();
        } catch (IOException | ConnectException | SerializationException e) {
            // A letter holds what could not be read by anybody
            return new String(value, UTF_8);
        }
    }

    private void add(String name, Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((inner, each) -> add(inner.toString(), each));
        } else if (value instanceof Struct struct) {
            for (Field field : struct.schema().fields()) {
                add(field.name(), struct.get(field));
            }
        } else if (value instanceof Collection<?> all) {
            all.forEach(each -> add(name, each));
        } else if (value != null) {
            fields.computeIfAbsent(name, first -> new ArrayList<>()).add(value.toString());
        }
    }

    String pbx() {
        return pbx;
    }

    /** The call that it is of; empty if it names none. */
    Optional<CallKey> call() {
        return Pbx.isName(pbx)
                ? first("linkedid").or(() -> first("uniqueid")).map(linkedid -> new CallKey(pbx, linkedid))
                : Optional.empty();
    }

    Optional<String> first(String name) {
        return values(name).stream().filter(text -> !text.isBlank()).findFirst();
    }

    List<String> values(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /** All that it says, a line for each field. */
    String text() {
        StringBuilder text = new StringBuilder();
        fields.values()
                .forEach(values -> values.forEach(value -> text.append(value).append('\n')));
        return text.toString();
    }
}
