package com.sipstack.asterisk.assembler.dlq;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where a letter stands in the dead-letter topic; by this it is named, {@code partition:offset}. */
public record LetterPlace(int partition, long offset) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}):(\\d{1,18})");

    /** @throws IllegalArgumentException if the text is not {@code partition:offset} */
    public static LetterPlace parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not partition:offset");
        }
        return new LetterPlace(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }

    @Override
    public String toString() {
        return partition + ":" + offset;
    }

    /** For arguments of commands. */
    static final class Converter implements ITypeConverter<LetterPlace> {
        @Override
        public LetterPlace convert(String value) {
            try {
                return parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
