package com.sipstack.asterisk.assembler.interpret;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import com.sipstack.asterisk.model.ChannelName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells extensions from numbers, and writes numbers as E.164 digits. */
final class Numbers {
    private static final Pattern DIAL_PREFIX = Pattern.compile("^\\*(?:67|82)");
    private static final Pattern DIGITS = Pattern.compile("\\+?\\d+");

    private final PbxProfile profile;
    private final Pattern extensionInEndpoint;

    Numbers(PbxProfile profile) {
        this.profile = profile;
        this.extensionInEndpoint =
                Pattern.compile("(?:^|-)(\\d{" + profile.extensionLengths().min() + ","
                        + profile.extensionLengths().max() + "})(?:-|$)");
    }

    boolean isExtension(String text) {
        return DIGITS.matcher(text).matches()
                && !text.startsWith("+")
                && text.length() >= profile.extensionLengths().min()
                && text.length() <= profile.extensionLengths().max();
    }

    boolean isOutsideNumber(String dialled) {
        String number = withoutDialPrefix(dialled);
        return DIGITS.matcher(number).matches() && !isExtension(number);
    }

    /** The phone that a channel belongs to, from its endpoint: {@code 101}, {@code acme-101}, {@code 101-acme}. */
    Optional<String> extensionOf(ChannelName channel) {
        Matcher matcher = extensionInEndpoint.matcher(channel.endpoint());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** E.164 digits without plus; empty for what is no number of the outside. */
    Optional<String> e164(String dialled) {
        String number = withoutDialPrefix(dialled);
        if (!isOutsideNumber(number)) {
            return Optional.empty();
        }
        return parse(number)
                .or(() -> number.startsWith("9") ? parse(number.substring(1)) : Optional.empty())
                .or(() -> Optional.of(number.startsWith("+") ? number.substring(1) : number));
    }

    private Optional<String> parse(String number) {
        try {
            PhoneNumberUtil util = PhoneNumberUtil.getInstance();
            PhoneNumber parsed = util.parse(number, profile.country());
            return util.isPossibleNumber(parsed)
                    ? Optional.of(util.format(parsed, PhoneNumberFormat.E164).substring(1))
                    : Optional.empty();
        } catch (NumberParseException noNumber) {
            return Optional.empty();
        }
    }

    private static String withoutDialPrefix(String dialled) {
        return DIAL_PREFIX.matcher(dialled).replaceFirst("");
    }
}
