package com.sipstack.asterisk.assembler.interpret;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import com.google.i18n.phonenumbers.ShortNumberInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Tells extensions from numbers, and writes numbers as E.164 digits. */
final class Numbers {
    private static final Pattern DIGITS = Pattern.compile("\\+?\\d+");
    private static final Pattern SIGNS = Pattern.compile("[\\s().-]");

    /** Reading a number costs more than all else of a short call, and the same ones come again and again. */
    private static final int MOST_KNOWN = 10_000;

    private final Map<String, Optional<String>> known = new ConcurrentHashMap<>();
    private final NumberingPlan plan;
    private final List<String> serviceCodes;
    private final List<String> lineDigits;
    private final List<String> internationalPrefixes;

    Numbers(NumberingPlan plan) {
        this.plan = plan;
        this.serviceCodes = plan.dialPrefixes().stream()
                .filter(code -> code.startsWith("*"))
                .toList();
        this.lineDigits = plan.dialPrefixes().stream()
                .filter(code -> !code.startsWith("*"))
                .toList();
        this.internationalPrefixes = plan.internationalPrefixes().stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    boolean isExtension(String text) {
        return DIGITS.matcher(text).matches()
                && !text.startsWith("+")
                && text.length() >= plan.extensions().min()
                && text.length() <= plan.extensions().max();
    }

    boolean isOutsideNumber(String dialled) {
        String number = withoutServiceCode(withoutSigns(dialled));
        return DIGITS.matcher(number).matches()
                && ((number.startsWith("+") && internationalPrefixes.contains("+"))
                        || number.length() > plan.extensions().max());
    }

    /** Whether it leads abroad: dialled with an international prefix, and not back into the own country. */
    boolean isInternational(String dialled) {
        String number = withoutServiceCode(withoutSigns(dialled));
        return asDialledAbroad(number)
                .or(() -> lineDigitOf(number).flatMap(digit -> asDialledAbroad(number.substring(digit.length()))))
                .flatMap(this::parsed)
                .filter(parsed -> parsed.getCountryCode()
                        != PhoneNumberUtil.getInstance().getCountryCodeForRegion(plan.country()))
                .isPresent();
    }

    /** Emergency and service numbers, which are as short as extensions. */
    boolean isShortCode(String dialled) {
        String number = withoutServiceCode(dialled);
        return isShortCodeHere(number)
                || lineDigitOf(number)
                        .filter(digit -> isShortCodeHere(number.substring(digit.length())))
                        .isPresent();
    }

    private boolean isShortCodeHere(String number) {
        try {
            PhoneNumber parsed = PhoneNumberUtil.getInstance().parse(number, plan.country());
            return ShortNumberInfo.getInstance().isValidShortNumberForRegion(parsed, plan.country());
        } catch (NumberParseException noNumber) {
            return false;
        }
    }

    /**
     * E.164 digits without plus; empty for what is no number of the outside. A digit for the outside line is taken away only
     * where the number makes no sense with it.
     */
    Optional<String> e164(String dialled) {
        Optional<String> read = known.get(dialled);
        if (read == null) {
            read = readE164(dialled);
            if (known.size() >= MOST_KNOWN) {
                known.clear();
            }
            known.put(dialled, read);
        }
        return read;
    }

    private Optional<String> readE164(String dialled) {
        String number = withoutServiceCode(withoutSigns(dialled));
        if (!isOutsideNumber(number)) {
            return Optional.empty();
        }
        if (!plan.normalised()) {
            return Optional.of(digitsOf(number));
        }
        return asDialledAbroad(number)
                .flatMap(this::inE164)
                .or(() -> inE164(number))
                .or(() -> lineDigitOf(number).flatMap(digit -> withoutLine(number.substring(digit.length()))))
                .or(() -> Optional.of(digitsOf(number)));
    }

    /** What was dialled on a trunk: E.164 digits, or a number too short for that as it is. */
    String outsideForm(String dialled) {
        return e164(dialled).orElseGet(() -> digitsOf(withoutServiceCode(withoutSigns(dialled))));
    }

    private Optional<String> withoutLine(String number) {
        return asDialledAbroad(number).flatMap(this::inE164).or(() -> inE164(number));
    }

    /** The number with a plus, if it begins with an international prefix. */
    private Optional<String> asDialledAbroad(String number) {
        return internationalPrefixes.stream()
                .filter(number::startsWith)
                .findFirst()
                .map(prefix -> "+" + number.substring(prefix.length()));
    }

    private Optional<String> inE164(String number) {
        PhoneNumberUtil util = PhoneNumberUtil.getInstance();
        return parsed(number)
                .filter(parsed -> util.isPossibleNumberWithReason(parsed) == ValidationResult.IS_POSSIBLE)
                .map(parsed -> util.format(parsed, PhoneNumberFormat.E164).substring(1));
    }

    private Optional<PhoneNumber> parsed(String number) {
        try {
            return Optional.of(PhoneNumberUtil.getInstance().parse(number, plan.country()));
        } catch (NumberParseException noNumber) {
            return Optional.empty();
        }
    }

    private Optional<String> lineDigitOf(String number) {
        return lineDigits.stream().filter(number::startsWith).findFirst();
    }

    private String withoutServiceCode(String dialled) {
        return serviceCodes.stream()
                .filter(dialled::startsWith)
                .findFirst()
                .map(code -> dialled.substring(code.length()))
                .orElse(dialled);
    }

    private static String withoutSigns(String number) {
        return SIGNS.matcher(number).replaceAll("");
    }

    private static String digitsOf(String number) {
        return number.startsWith("+") ? number.substring(1) : number;
    }
}
