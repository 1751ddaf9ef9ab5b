package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.ChannelName;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds whose call it is: by the number that was dialled, the account code, the extensions, then by the names that multi-tenant PBXs
 * give to contexts ({@code from-internal-acme}) and endpoints ({@code 101-acme}, {@code acme-101}).
 */
final class TenantFinder {
    private static final Pattern IN_CONTEXT = Pattern.compile("(?:from-internal|from-phones?|ext-local|internal)-(.+)");
    private static final Pattern IN_ENDPOINT = Pattern.compile("\\d+-([a-z][\\w-]*)|([a-z][\\w-]*)-\\d+");

    /** FreePBX's own variations of those contexts. */
    private static final Set<String> NO_TENANTS =
            Set.of("xfer", "noxfer", "noxfer-custom", "additional", "custom", "original", "xfer-custom", "users");

    private final CallFacts call;
    private final TenantRules rules;

    private TenantFinder(CallFacts call, TenantRules rules) {
        this.call = call;
        this.rules = rules;
    }

    /** The configured tenant is that of calls whose rows tell none. */
    static String find(CallFacts call, String dialled, PbxProfile profile) {
        TenantFinder finder = new TenantFinder(call, profile.tenants());
        return finder.byDid(dialled)
                .or(finder::byAccountcode)
                .or(finder::byExtension)
                .or(finder::byContext)
                .or(finder::byEndpoint)
                .orElse(profile.tenant());
    }

    /** What told the tenant, in words. */
    static String explain(CallFacts call, String dialled, PbxProfile profile) {
        TenantFinder finder = new TenantFinder(call, profile.tenants());
        if (finder.byDid(dialled).isPresent()) {
            return "tenant.dids has the number " + dialled;
        } else if (finder.byAccountcode().isPresent()) {
            return "tenant.accountcodes has a channel's account code";
        } else if (finder.byExtension().isPresent()) {
            return "tenant.extensions has an extension of the call";
        } else if (finder.byContext().isPresent()) {
            return "a context's name has it";
        }
        return finder.byEndpoint().isPresent() ? "an endpoint's name has it" : "no row tells one: the configured one";
    }

    private Optional<String> byDid(String dialled) {
        return Stream.concat(Stream.of(dialled), call.numbers().e164(dialled).stream())
                .map(rules.byDid()::get)
                .filter(tenant -> tenant != null)
                .findFirst();
    }

    private Optional<String> byAccountcode() {
        return Stream.concat(Stream.of(call.caller().root()), call.channels().persons().stream())
                .map(channel -> rules.byAccountcode().get(channel.accountcode()))
                .filter(tenant -> tenant != null)
                .findFirst();
    }

    private Optional<String> byExtension() {
        if (rules.byExtension().isEmpty()) {
            return Optional.empty();
        }
        return call.channels().persons().stream()
                .flatMap(person -> call.extensionOf(person).stream())
                .flatMap(extension -> rules.byExtension().stream().filter(range -> range.holds(extension)))
                .map(TenantRules.ExtensionRange::tenant)
                .findFirst();
    }

    private Optional<String> byContext() {
        return call.channels().persons().stream()
                .map(person -> person.firstStep().context())
                .flatMap(context -> named(IN_CONTEXT, context).stream())
                .filter(name -> !NO_TENANTS.contains(name))
                .findFirst();
    }

    private Optional<String> byEndpoint() {
        return call.channels().persons().stream()
                .filter(person -> !call.isOutside(person))
                .flatMap(person -> person.name().map(ChannelName::endpoint).stream())
                .flatMap(endpoint -> named(IN_ENDPOINT, endpoint).stream())
                .findFirst();
    }

    private Optional<String> named(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(matcher.groupCount());
        return rules.trunks().matches(name) ? Optional.empty() : Optional.of(name);
    }
}
