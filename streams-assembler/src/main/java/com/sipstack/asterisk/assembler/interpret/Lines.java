package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.ChannelName;
import com.sipstack.asterisk.model.Clid;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells phones from trunks, and which extension a phone has. */
final class Lines {
    private static final Pattern TRUNK_NAME = Pattern.compile(
            "(?i)(?:^|[-_.])(?:trunk|sbc|gw|gateway|pstn|carrier|provider|itsp|outbound|inbound)(?:[-_.\\d]|$).*");
    /** chan_dahdi's ISDN channels: {@code DAHDI/i1/4165551234-1a}. */
    private static final Pattern ISDN_SPAN = Pattern.compile("i\\d+/.*");
    /** chan_sip names a caller whom it does not know by the address. */
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}.*");
    /** FreePBX's additional devices of an extension: 90 for its users' softphones, 98 and 99 for browsers. */
    private static final Pattern DEVICE = Pattern.compile("(9[089])(\\d{3,})");

    private final RouteRules routes;
    private final Contexts contexts;
    private final Numbers numbers;
    private final Pattern extensionInEndpoint;
    private final Set<String> told;
    private final Set<String> devicePrefixes = new HashSet<>();
    private final Map<Channel, Boolean> trunks = new HashMap<>();

    Lines(PbxProfile profile, Numbers numbers, CallRows rows, Channels channels) {
        this.routes = profile.routes();
        this.contexts = new Contexts(profile.routes());
        this.numbers = numbers;
        this.extensionInEndpoint = Pattern.compile(
                "(?:^|[-_.])(\\d{" + profile.numbering().extensions().min() + ","
                        + profile.numbering().extensions().max() + "})(?:[-_./]|$)");
        this.told = numbersIn(rows);
        channels.persons().forEach(this::learnDevice);
    }

    /** A device's prefix is one only if the call's rows know the rest as a number of its own. */
    private void learnDevice(Channel channel) {
        channel.name()
                .map(name -> extensionInEndpoint.matcher(name.endpoint()))
                .filter(Matcher::find)
                .map(found -> DEVICE.matcher(found.group(1)))
                .filter(device -> device.matches() && !told.contains(device.group()) && told.contains(device.group(2)))
                .ifPresent(device -> devicePrefixes.add(device.group(1)));
    }

    private static Set<String> numbersIn(CallRows rows) {
        Set<String> numbers = new HashSet<>();
        for (Cel cel : rows.cels()) {
            numbers.add(cel.cidNum());
            numbers.add(cel.exten());
        }
        for (Cdr cdr : rows.cdrs()) {
            numbers.add(cdr.src());
            numbers.add(cdr.dst());
            numbers.add(Clid.parse(cdr.clid()).number());
        }
        return numbers;
    }

    /** By configuration, by the context of the channel's own endpoint, then by the endpoint's name. */
    boolean isTrunk(Channel channel) {
        return trunks.computeIfAbsent(channel, this::looksLikeTrunk);
    }

    private boolean looksLikeTrunk(Channel channel) {
        String endpoint = channel.name().map(ChannelName::endpoint).orElse("");
        if (routes.trunks().matches(endpoint) || routes.trunks().matches(trunkName(endpoint))) {
            return true;
        }
        if (!channel.isPerson()) {
            return false;
        }
        if (contexts.isFromOutside(channel.homeContext())) {
            return true;
        }
        if (contexts.isFromInside(channel.homeContext())) {
            return false;
        }
        return isNamedLikeTrunk(endpoint)
                || (extensionIn(endpoint).isEmpty() && numbers.isOutsideNumber(channel.firstNumber()));
    }

    private static boolean isNamedLikeTrunk(String endpoint) {
        return ISDN_SPAN.matcher(endpoint).matches()
                || TRUNK_NAME.matcher(endpoint).find();
    }

    /** A channel of an ISDN span has the number of its call in its name. */
    static String trunkName(String endpoint) {
        return ISDN_SPAN.matcher(endpoint).matches() ? endpoint.substring(0, endpoint.indexOf('/')) : endpoint;
    }

    /** Empty for a trunk. A phone whose endpoint is a word has the short number that it presents. */
    Optional<String> extensionOf(Channel channel) {
        if (!channel.isPerson() || isTrunk(channel)) {
            return Optional.empty();
        }
        return channel.name()
                .flatMap(name -> extensionIn(name.endpoint()))
                .or(() -> Optional.of(channel.firstNumber()).filter(numbers::isExtension));
    }

    /** From {@code 101}, {@code acme-101}, {@code 101-acme}, {@code SIP/101} or {@code Local/101@from-internal}. */
    Optional<String> extensionIn(String endpoint) {
        String name = endpoint.substring(endpoint.indexOf('/') + 1);
        int at = name.indexOf('@');
        Matcher matcher = extensionInEndpoint.matcher(at < 0 ? name : name.substring(0, at));
        return matcher.find() && !ADDRESS.matcher(name).matches()
                ? Optional.of(ofDevice(matcher.group(1)))
                : Optional.empty();
    }

    private String ofDevice(String number) {
        Matcher device = DEVICE.matcher(number);
        boolean isDevice = device.matches() && !told.contains(number) && devicePrefixes.contains(device.group(1));
        return isDevice ? device.group(2) : number;
    }
}
