package com.sipstack.asterisk.source.debezium;

import com.sipstack.asterisk.source.database.ColumnValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Reads a column's value, however Debezium encodes it, as the database source reads it from the table. */
final class ChangedValue {
    private static final String BITS = "io.debezium.data.Bits";
    private static final String DECIMAL_OF_ANY_SCALE = "io.debezium.data.VariableScaleDecimal";

    private ChangedValue() {}

    /** @return text, a Long or a BigDecimal; null for null */
    static Object read(Schema schema, Object value) {
        if (value == null) {
            return null;
        }
        Optional<String> time = ChangedTime.print(schema.name(), value);
        return time.isPresent() ? time.get() : read(schema.name(), schema, value);
    }

    private static Object read(String semanticType, Schema schema, Object value) {
        if (BITS.equals(semanticType)) {
            return bits(bytes(value), schema.parameters().get("length"));
        } else if (DECIMAL_OF_ANY_SCALE.equals(semanticType)) {
            return decimal((Struct) value);
        } else if (value instanceof Number number) {
            return number(number);
        }
        return value instanceof ByteBuffer || value instanceof byte[]
                ? ColumnValue.textOrHex(bytes(value))
                : value.toString();
    }

    private static Object number(Number number) {
        if (number instanceof BigDecimal) {
            return number;
        }
        if (number instanceof Double || number instanceof Float) {
            return Double.isFinite(number.doubleValue()) ? new BigDecimal(number.toString()) : number.toString();
        }
        return number.longValue();
    }

    private static BigDecimal decimal(Struct value) {
        return new BigDecimal(new BigInteger(bytes(value.get("value"))), value.getInt32("scale"));
    }

    /** The first byte has the last eight bits; a varying number of bits has no length of its own. */
    private static String bits(byte[] littleEndian, String length) {
        BitSet bits = BitSet.valueOf(littleEndian);
        int count = Math.min(Integer.parseInt(length), littleEndian.length * Byte.SIZE);
        StringBuilder text = new StringBuilder(count);
        for (int i = count - 1; i >= 0; i--) {
            text.append(bits.get(i) ? '1' : '0');
        }
        return text.toString();
    }

    private static byte[] bytes(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        ByteBuffer buffer = ((ByteBuffer) value).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
