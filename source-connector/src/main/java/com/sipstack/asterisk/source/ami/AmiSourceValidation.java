package com.sipstack.asterisk.source.ami;

import com.sipstack.asterisk.source.fleet.FleetValidation;
import com.sipstack.asterisk.source.fleet.Setting;
import com.sipstack.asterisk.source.fleet.SideBySide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what is wrong with the connector's settings: each by itself, then together, then as the PBXs see them. */
final class AmiSourceValidation {
    private static final Logger LOG = LoggerFactory.getLogger(AmiSourceValidation.class);

    private final Map<String, String> settings;
    private final FleetValidation found;

    AmiSourceValidation(Map<String, String> settings) {
        this.settings = settings;
        this.found = new FleetValidation(AmiSourceConfig.FLEET, settings);
    }

    Collection<ConfigValue> validate() {
        if (found.isFine()) {
            new AmiSourceConfig(settings).names().forEach(this::checkTogether);
        }
        if (found.isFine()) {
            List<AmiPbx> pbxs = new AmiSourceConfig(settings).pbxs();
            SideBySide.ask(pbxs, AmiSourceValidation::fault, reason -> Optional.of(new IOException(reason)))
                    .forEach((pbx, fault) -> fault.ifPresent(e -> tell(pbx, e)));
        }
        return found.values();
    }

    private void checkTogether(String pbx) {
        for (Setting needed : List.of(AmiSettings.HOST, AmiSettings.USER)) {
            Object value = found.value(pbx, needed);
            if (value == null || value.toString().isBlank()) {
                found.refuse(pbx, needed, "is needed");
            }
        }
        String authorities = (String) found.value(pbx, AmiSettings.TLS_AUTHORITIES);
        if (!authorities.isEmpty() && !Files.isReadable(Path.of(authorities))) {
            found.refuse(pbx, AmiSettings.TLS_AUTHORITIES, "names a file that this worker cannot read: " + authorities);
        }
    }

    /** What keeps us from listening; empty if nothing does. */
    private static Optional<IOException> fault(AmiPbx pbx) {
        AmiConnection connection = new AmiConnection(pbx, new Deaf(), () -> {});
        try {
            connection.open();
            new AmiPrivileges(pbx).check(connection);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        } finally {
            connection.close();
        }
    }

    private void tell(AmiPbx pbx, IOException fault) {
        if (fault instanceof AmiRefusal refusal) {
            found.refuse(pbx.pbx(), refusal.setting(), refusal.getMessage());
        } else {
            LOG.warn("PBX {}: {} does not answer: {}", pbx.pbx(), pbx.login().place(), fault.getMessage());
        }
    }

    /** Only asks; what the PBX says meanwhile is for the task. */
    private static final class Deaf implements EventTap.Listener {
        @Override
        public void heard() {}

        @Override
        public void broke(String reason) {}

        @Override
        public void event(AmiEvent event) {}

        @Override
        public void garbled(AmiEvent begun) {}
    }
}
