package com.sipstack.asterisk.model;

import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/** The types that a row's columns have, here and in Connect. Every column may be null but {@link #REST}. */
enum ColumnType {
    TEXT(Schema.OPTIONAL_STRING_SCHEMA) {
        @Override
        Object read(Object value) {
            return value.toString();
        }
    },
    INT32(Schema.OPTIONAL_INT32_SCHEMA) {
        @Override
        Object read(Object value) {
            return Math.toIntExact((Long) INT64.read(value));
        }
    },
    INT64(Schema.OPTIONAL_INT64_SCHEMA) {
        @Override
        Object read(Object value) {
            return value instanceof Number number ? (Long) number.longValue() : toLong(value.toString());
        }
    },
    FLOAT64(Schema.OPTIONAL_FLOAT64_SCHEMA) {
        @Override
        Object read(Object value) {
            return value instanceof Number number ? (Double) number.doubleValue() : Double.valueOf(value.toString());
        }
    },
    SOURCE(Schema.OPTIONAL_STRING_SCHEMA) {
        @Override
        Object read(Object value) {
            return value instanceof RowSource source
                    ? source
                    : RowSource.valueOf(value.toString().toUpperCase(Locale.ROOT));
        }

        @Override
        Object toConnect(Object value) {
            return value == null ? null : value.toString();
        }
    },
    /** The columns that we do not know, by name. */
    REST(SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA)
            .optional()
            .build()) {
        @Override
        Object read(Object value) {
            throw new IllegalStateException("the rest is no single column");
        }

        @Override
        Object toConnect(Object value) {
            return ((Map<?, ?>) value).isEmpty() ? null : value;
        }
    };

    @SuppressWarnings("ImmutableEnumChecker") // built schemas do not change
    private final Schema schema;

    ColumnType(Schema schema) {
        this.schema = schema;
    }

    static ColumnType of(Class<?> type) {
        if (type == String.class) {
            return TEXT;
        } else if (type == Integer.class) {
            return INT32;
        } else if (type == Long.class) {
            return INT64;
        } else if (type == Double.class) {
            return FLOAT64;
        } else if (type == RowSource.class) {
            return SOURCE;
        } else if (type == Map.class) {
            return REST;
        }
        throw new IllegalArgumentException(type + " is no type of a column");
    }

    Schema schema() {
        return schema;
    }

    /** Reads a value that is not null. */
    abstract Object read(Object value);

    Object toConnect(Object value) {
        return value;
    }

    Object fromConnect(String column, Object value) {
        if (value == null || (value.equals("") && this != TEXT)) {
            return null;
        }
        try {
            return read(value);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new RowFormatException("column " + column + " is not a " + this, e);
        }
    }

    /** Whole seconds of {@code 12.345678} too, which is what cdr_custom's sample has of durations. */
    private static long toLong(String text) {
        String number = text.strip();
        int point = number.indexOf('.');
        boolean hasFraction = point > 0 && number.substring(point + 1).chars().allMatch(c -> c >= '0' && c <= '9');
        return Long.parseLong(hasFraction ? number.substring(0, point) : number);
    }
}
