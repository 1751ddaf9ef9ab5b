package com.sipstack.asterisk.allinone.migrate;

import com.sipstack.asterisk.allinone.SettingsException;
import com.sipstack.asterisk.allinone.WithoutEffect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The lines of an {@code .env} that were not carried over, and why. */
final class LeftOut {
    /** No valid value of any variable: what takes it over becomes another, or refuses it. */
    private static final String PROBE = "?probe?";

    static final String UNKNOWN = "is no setting of ours, or has no effect beside the other lines";

    private static final String WORKERS_USER =
            "containers have no part in it; the worker's user must be able to read the PBX's files";

    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("PUID", WORKERS_USER),
            Map.entry("PGID", WORKERS_USER),
            Map.entry("LOG_LEVEL", "workers and the assembler have log configurations of their own (Log4j)"),
            Map.entry("PBX", "--pbx says it"),
            Map.entry("START_FROM", "--start-from or --tracker-db says it, or else the time of this run"),
            Map.entry("MONITORING_PORT", "MONITORING_ENABLED says that there are no metrics"));

    /** Where no name tells: by what it begins with. */
    private static final Map<Pattern, String> REASONS_OF_FAMILIES = Map.of(
            Pattern.compile("CONSOLE_.*"), "console.port of an assembler serves the console there (docs/console.md)",
            Pattern.compile("DB_.*"), "that is read from no database by the other lines",
            Pattern.compile("CEL_CSV_.*"), "channel events are read from no file (CEL_MODE)",
            Pattern.compile("AMI_.*"), "nothing is heard by the manager interface (CEL_MODE)",
            Pattern.compile("(RAW|CDR)_(BATCH|MAX)_.*"), "raw records are shipped where CDR_MODE asks for them");

    private LeftOut() {}

    /** A variable and why it has no part in what we made. */
    record Line(String variable, String reason) {}

    /** In the order of the file. Blank values are none. */
    static List<Line> of(Map<String, String> variables, Site site) throws SettingsException {
        Migration migration = Migration.of(variables, site);
        return variables.keySet().stream()
                .filter(name -> !variables.get(name).isBlank())
                .filter(name -> changesNothing(name, variables, site, migration))
                .map(name -> new Line(name, reason(name)))
                .toList();
    }

    /** Asks the translation itself: a list of what it reads could say something else than it does. */
    private static boolean changesNothing(String name, Map<String, String> variables, Site site, Migration migration) {
        Map<String, String> probe = new HashMap<>(variables);
        probe.put(name, PROBE);
        try {
            return Migration.of(probe, site).equals(migration);
        } catch (SettingsException e) {
            return false;
        }
    }

    private static String reason(String variable) {
        return WithoutEffect.reason(variable)
                .or(() -> Optional.ofNullable(REASONS.get(variable)))
                .or(() -> REASONS_OF_FAMILIES.entrySet().stream()
                        .filter(family -> family.getKey().matcher(variable).matches())
                        .map(Map.Entry::getValue)
                        .findFirst())
                .orElse(UNKNOWN);
    }
}
