package com.sipstack.asterisk.allinone.topics;

import java.util.Locale;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.utils.SecurityUtils;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A principal and what it does. */
record Holder(Role role, KafkaPrincipal principal) {

    /** Reads {@code source=User:connect}; names in certificates have more equals signs. */
    static final class Converter implements ITypeConverter<Holder> {
        @Override
        public Holder convert(String text) {
            String[] parts = text.split("=", 2);
            try {
                return new Holder(
                        Role.valueOf(parts[0].toUpperCase(Locale.ROOT)),
                        SecurityUtils.parseKafkaPrincipal(parts.length > 1 ? parts[1] : ""));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "'" + text + "' must be source, assembler, console, sinks, tools or forget, then =User:NAME");
            }
        }
    }
}
