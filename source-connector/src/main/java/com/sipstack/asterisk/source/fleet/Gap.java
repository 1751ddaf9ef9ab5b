package com.sipstack.asterisk.source.fleet;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * A stretch of a PBX's time that we did not read.
 *
 * @param from before it nothing is missing; empty if that is not known
 * @param to after it nothing is missing
 * @param reason for a person
 * @param origin table or file
 */
public record Gap(String pbx, Optional<Instant> from, Instant to, String reason, String origin) {
    public static final Schema SCHEMA = SchemaBuilder.struct()
            .name("com.sipstack.asterisk.Gap")
            .version(1)
            .field("pbx", Schema.STRING_SCHEMA)
            .field("from", Schema.OPTIONAL_STRING_SCHEMA)
            .field("to", Schema.STRING_SCHEMA)
            .field("reason", Schema.STRING_SCHEMA)
            .field("origin", Schema.STRING_SCHEMA)
            .build();

    public Struct toStruct() {
        return new Struct(SCHEMA)
                .put("pbx", pbx)
                .put("from", from.map(Gap::text).orElse(null))
                .put("to", text(to))
                .put("reason", reason)
                .put("origin", origin);
    }

    private static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
