package com.sipstack.asterisk.assembler;

import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.sipstack.asterisk.assembler.interpret.CdrFilter;
import com.sipstack.asterisk.assembler.interpret.NamePatterns;
import com.sipstack.asterisk.assembler.interpret.NumberingPlan;
import com.sipstack.asterisk.assembler.interpret.NumberingPlan.ExtensionLengths;
import com.sipstack.asterisk.assembler.interpret.PbxProfile;
import com.sipstack.asterisk.assembler.interpret.RouteRules;
import com.sipstack.asterisk.assembler.interpret.StoryRules;
import com.sipstack.asterisk.assembler.interpret.TenantRules;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;

/**
 * What the interpreter is told of a PBX. Each setting may be given for all PBXs, and for a single one with {@code pbxs.<name>.} before
 * it.
 */
public final class InterpreterConfig {
    public static final String TRUNKS = "trunks";
    public static final String CONTEXTS = "contexts";
    public static final String DIRECTION_FILE = "direction.file";
    public static final String INTERNATIONAL_PREFIXES = "international.prefixes";
    public static final String DIAL_PREFIXES = "dial.prefixes";
    public static final String DIAL_PREFIXES_STRIP = "dial.prefixes.strip";
    public static final String NUMBERS_NORMALIZE = "numbers.normalize";
    public static final String NUMBERS_E164 = "numbers.e164";
    public static final String TRANSFERS_DETECT = "transfers.detect";
    public static final String DTMF_DIGITS = "dtmf.digits";
    public static final String DOCUMENT_RAW_ROWS = "document.raw.rows";
    public static final String TENANT_DIDS = "tenant.dids";
    public static final String TENANT_ACCOUNTCODES = "tenant.accountcodes";
    public static final String TENANT_EXTENSIONS = "tenant.extensions";
    public static final String TENANT_CONFIG = "tenant.config";
    public static final String RECORDINGS_DIRECTORY = "recordings.directory";
    public static final String FILTER_ENABLED = "cdr.filter.enabled";
    public static final String FILTER_QUEUE_ATTEMPTS = "cdr.filter.queue.attempts";
    public static final String FILTER_ZERO_DURATION = "cdr.filter.zero.duration";
    public static final String FILTER_INTERNAL_ONLY = "cdr.filter.internal.only";
    public static final String FILTER_MIN_DURATION = "cdr.filter.min.duration.seconds";
    public static final String FILTER_EXCLUDE_DST = "cdr.filter.exclude.dst";

    private static final String PLUS = "+";
    private static final Validator A_COUNTRY = LambdaValidator.with(
            (name, value) -> {
                String country = ((String) value).toUpperCase(Locale.ROOT);
                if (!PhoneNumberUtil.getInstance().getSupportedRegions().contains(country)) {
                    throw new ConfigException(
                            name, value, "is no ISO 3166 code of a country (the United Kingdom is GB)");
                }
            },
            () -> "ISO 3166 code of a country, two letters");
    private static final Set<String> NAMES = names(define(new ConfigDef()));

    private final AbstractConfig settings;

    /** @param originals the assembler's settings; what is none of the interpreter's does not matter */
    InterpreterConfig(Map<String, ?> originals, String pbx) {
        Map<String, Object> effective = new HashMap<>(originals);
        String own = AssemblerConfig.PBXS + pbx + ".";
        originals.forEach((name, value) -> {
            if (name.startsWith(own)) {
                effective.put(name.substring(own.length()), value);
            }
        });
        effective.putIfAbsent(AssemblerConfig.HOSTNAME, pbx);
        this.settings = new AbstractConfig(
                define(new ConfigDef().define(AssemblerConfig.HOSTNAME, STRING, pbx, Importance.LOW, "Host name.")),
                effective,
                false);
    }

    /** The settings that a single PBX may have. */
    static Set<String> names() {
        return NAMES;
    }

    private static Set<String> names(ConfigDef definition) {
        Set<String> names = new HashSet<>(definition.names());
        names.add(AssemblerConfig.HOSTNAME);
        return Set.copyOf(names);
    }

    static ConfigDef define(ConfigDef all) {
        SettingsGroups.add(all, "Numbers", numberSettings());
        SettingsGroups.add(all, "Trunks, contexts and recordings", routeSettings());
        SettingsGroups.add(all, "What documents tell", storySettings());
        SettingsGroups.add(all, "Customer and tenants", tenantSettings());
        return SettingsGroups.add(all, "Filter", filterSettings());
    }

    private static ConfigDef numberSettings() {
        return new ConfigDef()
                .define(
                        AssemblerConfig.COUNTRY,
                        STRING,
                        "US",
                        A_COUNTRY,
                        Importance.MEDIUM,
                        "ISO 3166 code of the country whose numbers are dialled without a country code.")
                .define(
                        AssemblerConfig.EXTENSION_MIN_LENGTH,
                        INT,
                        ExtensionLengths.DEFAULT.min(),
                        Range.atLeast(1),
                        Importance.LOW,
                        "Fewest digits of an extension.")
                .define(
                        AssemblerConfig.EXTENSION_MAX_LENGTH,
                        INT,
                        ExtensionLengths.DEFAULT.max(),
                        Range.atLeast(1),
                        Importance.LOW,
                        "Most digits of an extension.")
                .define(
                        INTERNATIONAL_PREFIXES,
                        LIST,
                        NumberingPlan.INTERNATIONAL_PREFIXES,
                        Importance.LOW,
                        "What is dialled before a country code.")
                .define(
                        DIAL_PREFIXES,
                        LIST,
                        NumberingPlan.DIAL_PREFIXES,
                        Importance.LOW,
                        "What is dialled before a number and is no part of it: service codes, and digits for an outside line. A digit is"
                                + " taken away only where the number makes no sense with it.")
                .define(
                        DIAL_PREFIXES_STRIP,
                        BOOLEAN,
                        true,
                        Importance.LOW,
                        "Whether dial.prefixes are taken away from numbers.")
                .define(
                        NUMBERS_E164,
                        BOOLEAN,
                        true,
                        Importance.LOW,
                        "Whether a number that begins with + is read as one with its country code.")
                .define(
                        NUMBERS_NORMALIZE,
                        BOOLEAN,
                        true,
                        Importance.LOW,
                        "Whether numbers are written as E.164, or as they were dialled.");
    }

    private static ConfigDef routeSettings() {
        return new ConfigDef()
                .define(
                        TRUNKS,
                        LIST,
                        List.of(),
                        Importance.MEDIUM,
                        "Endpoints that lead outside, * for any text: sbc-*,twilio. They are never taken for a tenant. Others are told by the"
                                + " context of their endpoint and by common names.")
                .define(
                        CONTEXTS,
                        STRING,
                        "",
                        Importance.LOW,
                        "Dialplan contexts by what they are for, as JSON: {\"internal\": [\"office-*\"], \"external\": [\"provider-*\"],"
                                + " \"outbound\": [\"long-distance\"]}.")
                .define(
                        DIRECTION_FILE,
                        STRING,
                        "",
                        Importance.LOW,
                        "A JSON file with the same contexts, extension lengths, international prefixes, and contexts of transfers, queues and"
                                + " menus; what it has counts for more than the settings.")
                .define(
                        RECORDINGS_DIRECTORY,
                        STRING,
                        PbxProfile.RECORDINGS,
                        Importance.LOW,
                        "The PBX's directory that relative names of recordings start from.");
    }

    private static ConfigDef storySettings() {
        return new ConfigDef()
                .define(TRANSFERS_DETECT, BOOLEAN, true, Importance.LOW, "Whether transfers are looked for.")
                .define(
                        DTMF_DIGITS,
                        BOOLEAN,
                        false,
                        Importance.LOW,
                        "Whether the digits that people typed stand among a document's events. They may be PINs and card numbers.")
                .define(
                        DOCUMENT_RAW_ROWS,
                        BOOLEAN,
                        false,
                        Importance.LOW,
                        "Whether a document has its call's rows too, as raw_cdrs and raw_cels: all but typed digits, which dtmf.digits asks for."
                                + " They multiply a document's size, and go first where it is larger than document.max.bytes.");
    }

    private static ConfigDef tenantSettings() {
        return new ConfigDef()
                .define(AssemblerConfig.CUSTOMER_ID, INT, null, Importance.MEDIUM, "SIPSTACK's number of the customer.")
                .define(
                        AssemblerConfig.TENANT,
                        STRING,
                        "",
                        Importance.MEDIUM,
                        "Tenant of calls whose rows do not tell one.")
                .define(
                        TENANT_DIDS,
                        STRING,
                        "",
                        Importance.LOW,
                        "Tenants by the number that is dialled from outside: 16475550120=acme,... or a JSON object.")
                .define(TENANT_ACCOUNTCODES, STRING, "", Importance.LOW, "Tenants by account code, in the same form.")
                .define(
                        TENANT_EXTENSIONS,
                        STRING,
                        "",
                        Importance.LOW,
                        "Tenants by extensions: 100-199=acme,... or a JSON object.")
                .define(
                        TENANT_CONFIG,
                        STRING,
                        "",
                        Importance.LOW,
                        "All of it in one JSON object: {\"dids\": {\"14165550101\": \"acme\"}, \"accountcodes\": {\"ac1\": \"acme\"},"
                                + " \"extensions\": {\"100-199\": \"acme\"}}; numbers may also stand in it directly. The settings above count"
                                + " for more.");
    }

    private static ConfigDef filterSettings() {
        return new ConfigDef()
                .define(
                        FILTER_ENABLED,
                        BOOLEAN,
                        true,
                        Importance.LOW,
                        "Whether CDRs are filtered at all. A call all of whose CDRs are filtered ships no document.")
                .define(
                        FILTER_QUEUE_ATTEMPTS,
                        BOOLEAN,
                        false,
                        Importance.LOW,
                        "Whether to filter unanswered CDRs to s of no length.")
                .define(
                        FILTER_ZERO_DURATION,
                        BOOLEAN,
                        false,
                        Importance.LOW,
                        "Whether to filter CDRs of no length, unless busy, failed or congested.")
                .define(
                        FILTER_INTERNAL_ONLY,
                        BOOLEAN,
                        false,
                        Importance.LOW,
                        "Whether to keep only CDRs from extension to extension.")
                .define(
                        FILTER_MIN_DURATION,
                        INT,
                        0,
                        Range.atLeast(0),
                        Importance.LOW,
                        "Shortest CDR to keep, in seconds.")
                .define(
                        FILTER_EXCLUDE_DST,
                        LIST,
                        List.of("h"),
                        Importance.LOW,
                        "Destinations to filter, unless the CDR is answered or has a length; h goes always.");
    }

    PbxProfile profile() {
        Optional<DirectionFile> file = Optional.of(settings.getString(DIRECTION_FILE))
                .filter(path -> !path.isBlank())
                .map(DirectionFile::read);
        return new PbxProfile(
                settings.getInt(AssemblerConfig.CUSTOMER_ID),
                settings.getString(AssemblerConfig.TENANT),
                settings.getString(AssemblerConfig.HOSTNAME),
                numbering(file),
                routes(file),
                tenants(),
                story(file),
                settings.getString(RECORDINGS_DIRECTORY));
    }

    CdrFilter filter() {
        Set<String> excluded = new HashSet<>(settings.getList(FILTER_EXCLUDE_DST));
        return new CdrFilter(
                settings.getBoolean(FILTER_ENABLED),
                settings.getBoolean(FILTER_QUEUE_ATTEMPTS),
                settings.getBoolean(FILTER_ZERO_DURATION),
                settings.getBoolean(FILTER_INTERNAL_ONLY),
                settings.getInt(FILTER_MIN_DURATION),
                excluded,
                profile().numbering().extensions());
    }

    private NumberingPlan numbering(Optional<DirectionFile> file) {
        return new NumberingPlan(
                settings.getString(AssemblerConfig.COUNTRY).toUpperCase(Locale.ROOT),
                extensions(file),
                internationalPrefixes(file),
                settings.getBoolean(DIAL_PREFIXES_STRIP) ? settings.getList(DIAL_PREFIXES) : List.of(),
                settings.getBoolean(NUMBERS_NORMALIZE));
    }

    private ExtensionLengths extensions(Optional<DirectionFile> file) {
        int min = settings.getInt(AssemblerConfig.EXTENSION_MIN_LENGTH);
        int max = settings.getInt(AssemblerConfig.EXTENSION_MAX_LENGTH);
        if (min > max) {
            throw new ConfigException(
                    AssemblerConfig.EXTENSION_MIN_LENGTH,
                    min,
                    "is more than " + AssemblerConfig.EXTENSION_MAX_LENGTH + ", which is " + max);
        }
        ExtensionLengths lengths = new ExtensionLengths(min, max);
        return file.map(found -> found.extensions(lengths)).orElse(lengths);
    }

    private List<String> internationalPrefixes(Optional<DirectionFile> file) {
        List<String> prefixes = file.map(DirectionFile::internationalPrefixes)
                .filter(found -> !found.isEmpty())
                .orElse(settings.getList(INTERNATIONAL_PREFIXES));
        boolean hasPlus = settings.getBoolean(NUMBERS_E164);
        return prefixes.stream()
                .filter(prefix -> hasPlus || !prefix.equals(PLUS))
                .toList();
    }

    private StoryRules story(Optional<DirectionFile> file) {
        boolean transfers = settings.getBoolean(TRANSFERS_DETECT);
        return new StoryRules(
                file.map(found -> found.detectsTransfers(transfers)).orElse(transfers),
                settings.getBoolean(DTMF_DIGITS),
                settings.getBoolean(DOCUMENT_RAW_ROWS));
    }

    private RouteRules routes(Optional<DirectionFile> file) {
        NamePatterns trunks = new NamePatterns(settings.getList(TRUNKS));
        return file.map(found -> found.routes(trunks))
                .orElseGet(() ->
                        DirectionFile.ofContexts(settings.getString(CONTEXTS)).routes(trunks));
    }

    private TenantRules tenants() {
        TenantSettings all = TenantSettings.ofJson(TENANT_CONFIG, settings.getString(TENANT_CONFIG))
                .overriddenBy(new TenantSettings(
                        TenantSettings.pairs(TENANT_DIDS, settings.getString(TENANT_DIDS)),
                        TenantSettings.pairs(TENANT_ACCOUNTCODES, settings.getString(TENANT_ACCOUNTCODES)),
                        TenantSettings.pairs(TENANT_EXTENSIONS, settings.getString(TENANT_EXTENSIONS))));
        return all.rules(new NamePatterns(settings.getList(TRUNKS)));
    }
}
