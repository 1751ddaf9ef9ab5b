package com.sipstack.asterisk.source.database;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/**
 * How a column's values are read, so that they look as the database prints them. None of the ways goes through a time zone, and
 * none fails for a value that a table can hold.
 */
public enum ColumnValue {
    TEXT {
        @Override
        Object read(ResultSet row, int column) throws SQLException {
            return row.getString(column);
        }
    },
    /** Text that may hold malformed UTF-8, which no driver's own decoder lets pass: such bytes are replaced. */
    CHARACTERS {
        @Override
        Object read(ResultSet row, int column) throws SQLException {
            byte[] bytes = row.getBytes(column);
            return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
        }
    },
    INTEGER {
        @Override
        Object read(ResultSet row, int column) throws SQLException {
            String text = row.getString(column);
            try {
                return text == null ? null : (Object) Long.valueOf(text);
            } catch (NumberFormatException e) {
                return text; // larger than any number that a row of ours has: kept as it is
            }
        }
    },
    DECIMAL {
        @Override
        Object read(ResultSet row, int column) throws SQLException {
            String text = row.getString(column);
            try {
                return text == null ? null : new BigDecimal(text);
            } catch (NumberFormatException e) {
                return text; // NaN and its like
            }
        }
    },
    BOOLEAN {
        @Override
        Object read(ResultSet row, int column) throws SQLException {
            boolean value = row.getBoolean(column);
            return row.wasNull() ? null : Boolean.toString(value);
        }
    },
    LOCAL_TIME {
        @Override
        Object read(ResultSet row, int column) throws SQLException {
            try {
                LocalDateTime time = row.getObject(column, LocalDateTime.class);
                // MariaDB's zero date is no time and not NULL; PostgreSQL has infinity and -infinity
                return time == null || time.equals(LocalDateTime.MAX) || time.equals(LocalDateTime.MIN)
                        ? row.getString(column)
                        : print(time);
            } catch (DateTimeException e) {
                return null; // a day that no month has, which MariaDB keeps unless its sql_mode is strict: no driver's
                // way gives it
            }
        }
    },
    INSTANT {
        @Override
        Object read(ResultSet row, int column) throws SQLException {
            OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
            return time == null || time.equals(OffsetDateTime.MAX) || time.equals(OffsetDateTime.MIN)
                    ? row.getString(column)
                    : time.toInstant().toString();
        }
    },
    BYTES {
        @Override
        Object read(ResultSet row, int column) throws SQLException {
            byte[] bytes = row.getBytes(column);
            return bytes == null ? null : textOrHex(bytes);
        }
    };

    private static final Set<String> CHARACTER_TYPES = Set.of("varchar", "bpchar", "text");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    /**
     * @param jdbcType of {@link Types}
     * @param typeName the database's own name of the type
     */
    static ColumnValue of(int jdbcType, String typeName) {
        return switch (jdbcType) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> INTEGER;
            case Types.DECIMAL, Types.NUMERIC, Types.REAL, Types.FLOAT, Types.DOUBLE -> DECIMAL;
            // PostgreSQL's driver calls both kinds a TIMESTAMP
            case Types.TIMESTAMP -> typeName.equals("timestamptz") ? INSTANT : LOCAL_TIME;
            case Types.TIMESTAMP_WITH_TIMEZONE -> INSTANT;
            // ... and a bit string of any length a BIT
            case Types.BIT, Types.BOOLEAN -> typeName.startsWith("bool") ? BOOLEAN : TEXT;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> BYTES;
            case Types.VARCHAR, Types.CHAR -> CHARACTER_TYPES.contains(typeName) ? CHARACTERS : TEXT;
            default -> TEXT;
        };
    }

    abstract Object read(ResultSet row, int column) throws SQLException;

    public static String print(LocalDateTime time) {
        return time.format(time.get(ChronoField.NANO_OF_SECOND) == 0 ? SECONDS : MICROS);
    }

    public static String textOrHex(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        }
    }
}
