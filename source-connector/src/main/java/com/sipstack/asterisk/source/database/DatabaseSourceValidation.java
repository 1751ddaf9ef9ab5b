package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.source.database.DatabaseFault.Refused;
import com.sipstack.asterisk.source.database.DatabaseFault.Unreachable;
import com.sipstack.asterisk.source.fleet.FleetValidation;
import com.sipstack.asterisk.source.fleet.Setting;
import com.sipstack.asterisk.source.fleet.StartFrom;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what is wrong with the connector's settings: each by itself, then together, then as the databases see them. */
final class DatabaseSourceValidation {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseSourceValidation.class);

    private final Map<String, String> settings;
    private final FleetValidation found;

    DatabaseSourceValidation(Map<String, String> settings) {
        this.settings = settings;
        this.found = new FleetValidation(DatabaseSourceConfig.FLEET, settings);
    }

    Collection<ConfigValue> validate() {
        if (found.isFine()) {
            new DatabaseSourceConfig(settings).names().forEach(this::checkTogether);
        }
        if (found.isFine()) {
            askDatabases(new DatabaseSourceConfig(settings).pbxs());
        }
        return found.values();
    }

    private void checkTogether(String pbx) {
        if (found.value(pbx, DatabaseSettings.URL) == null) {
            found.refuse(pbx, DatabaseSettings.URL, "is needed");
        }
        checkRange(pbx);
        Map<Object, Setting> namedBy = new HashMap<>();
        for (RowKind kind : RowKind.values()) {
            for (Object table : (List<?>) found.value(pbx, kind.setting())) {
                Setting other = namedBy.putIfAbsent(table, kind.setting());
                if (other != null) {
                    found.refuse(pbx, other, "and " + kind.setting().key() + " both name " + table);
                }
            }
        }
        if (namedBy.isEmpty()) {
            found.refuse(pbx, DatabaseSettings.CDR_TABLES, "and the other settings of tables name no table");
        }
    }

    private void checkRange(String pbx) {
        String end = (String) found.value(pbx, DatabaseSettings.END_AT);
        StartFrom start = StartFrom.parse((String) found.value(pbx, DatabaseSettings.START_FROM));
        if (!end.isEmpty() && !isBefore(start, Instant.parse(end))) {
            found.refuse(
                    pbx,
                    DatabaseSettings.END_AT,
                    "must be later than " + DatabaseSettings.START_FROM.key() + ", an instant or earliest");
        }
    }

    private static boolean isBefore(StartFrom start, Instant end) {
        return start instanceof StartFrom.At at ? at.instant().isBefore(end) : start instanceof StartFrom.Earliest;
    }

    private void askDatabases(List<PbxConfig> pbxs) {
        new DatabaseChecks(pbxs).run().forEach((pbx, faults) -> faults.forEach(fault -> tell(pbx, fault)));
    }

    private void tell(PbxConfig pbx, DatabaseFault fault) {
        if (fault instanceof Refused refused) {
            found.refuse(pbx.pbx(), refused.setting(), refused.reason());
        } else if (fault instanceof Unreachable unreachable) {
            LOG.warn("PBX {}: {} does not answer: {}", pbx.pbx(), pbx.login().place(), unreachable.reason());
        }
    }
}
