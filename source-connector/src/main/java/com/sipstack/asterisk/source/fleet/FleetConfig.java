package com.sipstack.asterisk.source.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Values of a fleet's settings, each a PBX's own if it has one, else the shared one. */
public abstract class FleetConfig extends AbstractConfig {
    /** @throws org.apache.kafka.common.config.ConfigException if a single setting breaks its rule */
    protected FleetConfig(ConfigDef definition, Map<String, String> settings) {
        super(definition, settings, false);
    }

    /** The PBXs by name; in a task its own. */
    public List<String> names() {
        return originals().get(Fleet.OF_TASK) instanceof String own ? List.of(own.split(",", -1)) : getList(Fleet.PBXS);
    }

    protected String text(String pbx, Setting setting) {
        return getString(keyInUse(pbx, setting));
    }

    protected List<String> list(String pbx, Setting setting) {
        return getList(keyInUse(pbx, setting));
    }

    protected Duration millis(String pbx, Setting setting) {
        return Duration.ofMillis(getLong(keyInUse(pbx, setting)));
    }

    /** Empty if the text is. */
    protected Optional<Instant> instant(String pbx, Setting setting) {
        String text = text(pbx, setting);
        return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    }

    protected String keyInUse(String pbx, Setting setting) {
        String own = setting.keyOf(pbx);
        return get(own) != null ? own : setting.key();
    }
}
