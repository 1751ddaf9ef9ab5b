package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.Pbx;
import com.sipstack.asterisk.model.RecordJson;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.RowFormatException;
import com.sipstack.asterisk.model.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.storage.Converter;

/** Reads the sources' records with the converter that their workers write with. */
final class RowReader {
    private final Converter converter;
    private final boolean isPlainJson;
    private final Topics topics;
    private final RecordJson<Cdr> cdrs = Cdr.MAPPING.json();
    private final RecordJson<Cel> cels = Cel.MAPPING.json();

    RowReader(AssemblerConfig config) {
        this.converter = config.valueConverter();
        this.isPlainJson = config.isPlainJson();
        this.topics = config.topics();
    }

    /**
     * Reads a record of the topics of rows.
     *
     * @param key the PBX's name
     * @param headers where some converters keep the id of the value's schema
     * @throws RowFormatException if the value is no row, or not one of the key's PBX
     */
    Row read(String topic, String key, Headers headers, byte[] value) {
        Row row = read(topic, headers, value);
        String pbx = row.provenance().pbx();
        if (!pbx.equals(key)) {
            throw new RowFormatException("the key is '" + key + "' and should be the row's PBX '" + pbx + "'");
        }
        return row;
    }

    /** Reads a record that stands in one of the topics of rows, as above. */
    Row read(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        return read(record.topic(), key, record.headers(), record.value());
    }

    private Row read(String topic, Headers headers, byte[] value) {
        boolean isCdr = topic.equals(topics.cdr());
        // What most read, and without a tree and two maps in between
        boolean isDirect = isPlainJson && value != null;
        Row row = isDirect ? ofJson(isCdr, value) : ofData(isCdr, convert(topic, headers, value));
        if (!Pbx.isName(row.provenance().pbx())) {
            throw new RowFormatException("the row's pbx '" + row.provenance().pbx() + "' should be " + Pbx.NAME_RULE);
        }
        if (row.provenance().source() == null) {
            throw new RowFormatException("the row tells no source");
        }
        return row;
    }

    private Row ofJson(boolean isCdr, byte[] json) {
        return isCdr ? cdrs.read(json, 0, json.length) : cels.read(json, 0, json.length);
    }

    private static Row ofData(boolean isCdr, Object data) {
        return isCdr ? Cdr.MAPPING.fromConnect(data) : Cel.MAPPING.fromConnect(data);
    }

    private Object convert(String topic, Headers headers, byte[] value) {
        try {
            return converter.toConnectData(topic, headers, value).value();
        } catch (ConnectException | SerializationException e) {
            throw new RowFormatException(
                    "value cannot be read by " + converter.getClass().getName(), e);
        }
    }
}
