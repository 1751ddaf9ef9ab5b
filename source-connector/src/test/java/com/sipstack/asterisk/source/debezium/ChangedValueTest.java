package com.sipstack.asterisk.source.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** 1795287288 is 2026-11-21 18:54:48 in UTC; the PBX wrote it as its local time. */
class ChangedValueTest {
    private static final long SECOND = 1795287288L;

    static Stream<Arguments> times() {
        return Stream.of(
                time("io.debezium.time.Timestamp", SECOND * 1000, "2026-11-21 18:54:48"),
                time("io.debezium.time.Timestamp", SECOND * 1000 + 500, "2026-11-21 18:54:48.500000"),
                time("io.debezium.time.Timestamp", -1L, "1969-12-31 23:59:59.999000"),
                time("io.debezium.time.MicroTimestamp", SECOND * 1_000_000, "2026-11-21 18:54:48"),
                time("io.debezium.time.MicroTimestamp", SECOND * 1_000_000 + 862330, "2026-11-21 18:54:48.862330"),
                time(
                        "io.debezium.time.NanoTimestamp",
                        SECOND * 1_000_000_000 + 862330000,
                        "2026-11-21 18:54:48.862330"),
                time("io.debezium.time.IsoTimestamp", "2026-11-21T18:54:48Z", "2026-11-21 18:54:48"),
                time("io.debezium.time.IsoTimestamp", "2026-11-21T18:54:48.86233Z", "2026-11-21 18:54:48.862330"),
                time("io.debezium.time.ZonedTimestamp", "2026-11-21T18:54:48.5Z", "2026-11-21T18:54:48.500Z"),
                time("io.debezium.time.ZonedTimestamp", "2026-11-21T18:54:48-05:00", "2026-11-21T23:54:48Z"),
                time(Timestamp.LOGICAL_NAME, date(SECOND), "2026-11-21 18:54:48"),
                time("io.debezium.time.Date", 20778, "2026-11-21"),
                time("io.debezium.time.IsoDate", "2026-11-21Z", "2026-11-21"),
                time(org.apache.kafka.connect.data.Date.LOGICAL_NAME, date(20778 * 86_400L), "2026-11-21"),
                time("io.debezium.time.Time", 3_723_000, "01:02:03"),
                time("io.debezium.time.MicroTime", 3_723_500_000L, "01:02:03.500000"),
                time("io.debezium.time.NanoTime", 3_723_500_000_000L, "01:02:03.500000"),
                time("io.debezium.time.IsoTime", "01:02:03Z", "01:02:03"),
                time(Time.LOGICAL_NAME, date(3_723), "01:02:03"));
    }

    @ParameterizedTest
    @MethodSource("times")
    void timesReadAsTheDatabasePrintsThem(Schema schema, Object value, String printed) {
        assertThat(ChangedValue.read(schema, value)).isEqualTo(printed);
    }

    static Stream<Arguments> others() {
        return Stream.of(
                arguments(Schema.STRING_SCHEMA, "", ""),
                arguments(Schema.INT16_SCHEMA, (short) 3, 3L),
                arguments(Schema.INT64_SCHEMA, 3L, 3L),
                arguments(Schema.BOOLEAN_SCHEMA, true, "true"),
                arguments(Schema.FLOAT64_SCHEMA, 0.25, new BigDecimal("0.25")),
                arguments(Schema.FLOAT32_SCHEMA, Float.NaN, "NaN"),
                arguments(Decimal.schema(2), new BigDecimal("7.62"), new BigDecimal("7.62")),
                arguments(Schema.BYTES_SCHEMA, ByteBuffer.wrap(new byte[] {'A', 'B'}), "AB"),
                arguments(Schema.BYTES_SCHEMA, new byte[] {-1, 0}, "\\xff00"),
                arguments(bits(3), new byte[] {0b101}, "101"),
                arguments(bits(9), new byte[] {2, 1}, "100000010"),
                arguments(named(SchemaBuilder.string(), "io.debezium.data.Json"), "{\"a\": 1}", "{\"a\": 1}"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void otherValuesReadAsTheDatabaseSourceReadsThem(Schema schema, Object value, Object expected) {
        assertThat(ChangedValue.read(schema, value)).isEqualTo(expected);
    }

    @Test
    void aDecimalOfAnyScaleIsANumber() {
        Schema schema = SchemaBuilder.struct()
                .name("io.debezium.data.VariableScaleDecimal")
                .field("scale", Schema.INT32_SCHEMA)
                .field("value", Schema.BYTES_SCHEMA)
                .build();
        Struct value = new Struct(schema).put("scale", 3).put("value", new byte[] {4, -46});

        assertThat(ChangedValue.read(schema, value)).isEqualTo(new BigDecimal("1.234"));
    }

    @Test
    void nullStaysNull() {
        assertThat(ChangedValue.read(Schema.OPTIONAL_STRING_SCHEMA, null)).isNull();
    }

    private static Arguments time(String semanticType, Object value, String printed) {
        SchemaBuilder builder = value instanceof String
                ? SchemaBuilder.string()
                : value instanceof Integer ? SchemaBuilder.int32() : SchemaBuilder.int64();
        return arguments(named(builder, semanticType), value, printed);
    }

    private static Date date(long epochSecond) {
        return Date.from(Instant.ofEpochSecond(epochSecond));
    }

    private static Schema named(SchemaBuilder builder, String semanticType) {
        return builder.name(semanticType).build();
    }

    private static Schema bits(int length) {
        return SchemaBuilder.bytes()
                .name("io.debezium.data.Bits")
                .parameter("length", Integer.toString(length))
                .build();
    }
}
