package com.sipstack.asterisk.stubapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;

/** What the contract asks of one field's value, which is never null here. */
@FunctionalInterface
interface ValueRule {
    Pattern DIGITS = Pattern.compile("[0-9]+");

    /** Throws a {@link ContractViolation} that names the field and the rule if the value breaks it. */
    void check(String field, JsonNode value);

    static ValueRule anything() {
        return (field, value) -> {};
    }

    static ValueRule text() {
        return (field, value) -> require(value.isTextual(), field, value, "is not a string");
    }

    static ValueRule nonEmptyText() {
        return (field, value) -> {
            text().check(field, value);
            require(!value.textValue().isBlank(), field, value, "is empty");
        };
    }

    /** A telephone number in E.164 without its plus sign. */
    static ValueRule digits() {
        return (field, value) -> {
            text().check(field, value);
            boolean onlyDigits = DIGITS.matcher(value.textValue()).matches();
            require(onlyDigits, field, value, "is not digits only");
        };
    }

    static ValueRule bool() {
        return (field, value) -> require(value.isBoolean(), field, value, "is not a boolean");
    }

    static ValueRule integer() {
        return (field, value) ->
                require(value.isIntegralNumber() && value.canConvertToLong(), field, value, "is not a whole number");
    }

    /** A whole number that is not smaller than this. */
    static ValueRule atLeast(long least) {
        return (field, value) -> {
            integer().check(field, value);
            require(value.longValue() >= least, field, value, "is less than " + least);
        };
    }

    static ValueRule oneOf(String... words) {
        List<String> allowed = List.of(words);
        return (field, value) -> {
            text().check(field, value);
            require(allowed.contains(value.textValue()), field, value, "is not one of " + String.join(", ", allowed));
        };
    }

    /** An ISO-8601 time with its offset. */
    static ValueRule time() {
        return (field, value) -> {
            text().check(field, value);
            try {
                OffsetDateTime.parse(value.textValue(), DateTimeFormatter.ISO_OFFSET_DATE_TIME);
            } catch (DateTimeParseException e) {
                throw ContractViolation.ofValue(field, value, "is not ISO-8601 with an offset");
            }
        };
    }

    static ValueRule arrayOf(ObjectRules element) {
        return (field, value) -> {
            require(value.isArray(), field, value, "is not an array");
            for (int i = 0; i < value.size(); i++) {
                element.check(field + "[" + i + "]", value.get(i));
            }
        };
    }

    private static void require(boolean holds, String field, JsonNode value, String rule) {
        if (!holds) {
            throw ContractViolation.ofValue(field, value, rule);
        }
    }
}
