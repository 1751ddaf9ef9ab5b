package com.sipstack.asterisk.allinone.forget;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Phone numbers, each as it was given. One that begins with a plus is also known by the prefixes that people dial instead. */
final class Numbers {
    private static final String DIALLED_ABROAD = "(?:\\+|00|011)?";

    private final Pattern pattern;

    /** @param numbers digits, some behind a plus */
    Numbers(List<String> numbers) {
        String any = numbers.stream()
                .map(number -> number.startsWith("+") ? DIALLED_ABROAD + number.substring(1) : number)
                .collect(Collectors.joining("|"));
        // Nothing comes before the beginning: without numbers there is no match
        this.pattern = Pattern.compile(numbers.isEmpty() ? ".\\A" : "(?<![0-9])(?:" + any + ")(?![0-9])");
    }

    boolean isIn(String text) {
        return pattern.matcher(text).find();
    }

    /** Reads a number as people write it: {@code +49 30 123-456}. */
    static final class Converter implements ITypeConverter<String> {
        private static final Pattern DECORATION = Pattern.compile("[ ()./-]");
        private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{5,15}");

        @Override
        public String convert(String text) {
            String number = DECORATION.matcher(text).replaceAll("");
            if (!NUMBER.matcher(number).matches()) {
                throw new TypeConversionException("a number has 5 to 15 digits, and may begin with a plus");
            }
            return number;
        }
    }
}
