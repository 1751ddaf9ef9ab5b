package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.source.database.DatabaseFault.Refused;
import com.sipstack.asterisk.source.database.DatabaseFault.Unreachable;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what is wrong with the connector's settings: each by itself, then together, then as the databases see them. */
final class DatabaseSourceValidation {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseSourceValidation.class);

    private final Map<String, String> settings;
    private final Map<String, ConfigValue> values;

    DatabaseSourceValidation(Map<String, String> settings) {
        this.settings = settings;
        this.values = DatabaseSourceConfig.definition(settings).validateAll(settings);
    }

    Collection<ConfigValue> validate() {
        refuseUnknownKeys();
        if (isFine()) {
            new DatabaseSourceConfig(settings).names().forEach(this::checkTogether);
        }
        if (isFine()) {
            askDatabases(new DatabaseSourceConfig(settings).pbxs());
        }
        return values.values();
    }

    private boolean isFine() {
        return values.values().stream().allMatch(value -> value.errorMessages().isEmpty());
    }

    /** A PBX's name or setting that is misspelt would go unnoticed otherwise. */
    private void refuseUnknownKeys() {
        settings.keySet().stream()
                .filter(key -> key.startsWith(Setting.PBX_PREFIX) && !values.containsKey(key))
                .forEach(key -> {
                    values.put(key, new ConfigValue(key));
                    refuse(key, "is no setting of a PBX named in " + DatabaseSourceConfig.PBXS);
                });
    }

    private void checkTogether(String pbx) {
        if (value(pbx, DatabaseSettings.URL) == null) {
            refuse(pbx, DatabaseSettings.URL, "is needed");
        }
        checkRange(pbx);
        checkEpochs(pbx);
        Map<Object, Setting> namedBy = new HashMap<>();
        for (RowKind kind : RowKind.values()) {
            for (Object table : (List<?>) value(pbx, kind.setting())) {
                Setting other = namedBy.putIfAbsent(table, kind.setting());
                if (other != null) {
                    refuse(pbx, other, "and " + kind.setting().key() + " both name " + table);
                }
            }
        }
        if (namedBy.isEmpty()) {
            refuse(pbx, DatabaseSettings.CDR_TABLES, "and the other settings of tables name no table");
        }
    }

    private void checkRange(String pbx) {
        String end = (String) value(pbx, DatabaseSettings.END_AT);
        StartFrom start = StartFrom.parse((String) value(pbx, DatabaseSettings.START_FROM));
        if (!end.isEmpty() && !isBefore(start, Instant.parse(end))) {
            refuse(
                    pbx,
                    DatabaseSettings.END_AT,
                    "must be later than " + DatabaseSettings.START_FROM.key() + ", an instant or earliest");
        }
    }

    private void checkEpochs(String pbx) {
        Set<Object> tables = Arrays.stream(RowKind.values())
                .flatMap(kind -> ((List<?>) value(pbx, kind.setting())).stream())
                .collect(Collectors.toSet());
        StartEpochs.parse(((List<?>) value(pbx, DatabaseSettings.START_EPOCHS))
                        .stream().map(String.class::cast).toList())
                .keySet()
                .stream()
                .filter(table -> !tables.contains(table))
                .forEach(table -> refuse(pbx, DatabaseSettings.START_EPOCHS, "names " + table + ", which is not read"));
    }

    private static boolean isBefore(StartFrom start, Instant end) {
        return start instanceof StartFrom.At at ? at.instant().isBefore(end) : start instanceof StartFrom.Earliest;
    }

    private void askDatabases(List<PbxConfig> pbxs) {
        new DatabaseChecks(pbxs).run().forEach((pbx, faults) -> faults.forEach(fault -> tell(pbx, fault)));
    }

    private void tell(PbxConfig pbx, DatabaseFault fault) {
        if (fault instanceof Refused refused) {
            refuse(pbx.pbx(), refused.setting(), refused.reason());
        } else if (fault instanceof Unreachable unreachable) {
            LOG.warn("PBX {}: {} does not answer: {}", pbx.pbx(), pbx.login().place(), unreachable.reason());
        }
    }

    private Object value(String pbx, Setting setting) {
        return values.get(DatabaseSourceConfig.keyInUse(settings, pbx, setting)).value();
    }

    private void refuse(String pbx, Setting setting, String reason) {
        String key = DatabaseSourceConfig.keyInUse(settings, pbx, setting);
        refuse(key, "of PBX " + pbx + ": " + reason);
    }

    private void refuse(String key, String reason) {
        values.get(key).addErrorMessage(key + " " + reason);
    }
}
