package com.sipstack.asterisk.source.fleet;

import com.sipstack.asterisk.model.ProductVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * A connector that reads any number of PBXs and shares them out among its tasks. What reads them, and what is right, is for the
 * kinds of sources to say.
 */
public abstract class FleetSourceConnector extends SourceConnector {
    private final Fleet fleet;
    private Map<String, String> settings;

    protected FleetSourceConnector(Fleet fleet) {
        this.fleet = fleet;
    }

    @Override
    public final String version() {
        return ProductVersion.CURRENT;
    }

    @Override
    public final void start(Map<String, String> props) {
        settings = Map.copyOf(props);
    }

    @Override
    public final void stop() {}

    @Override
    public final List<Map<String, String>> taskConfigs(int maxTasks) {
        return fleet.taskConfigs(settings, maxTasks);
    }

    @Override
    public ConfigDef config() {
        return fleet.definition();
    }

    /** Refuses what cannot work and what a PBX that answers says no to; a PBX that does not answer is a warning. */
    @Override
    public final Config validate(Map<String, String> connectorConfigs) {
        return new Config(new ArrayList<>(validation(connectorConfigs)));
    }

    /** @throws ConnectException if a partition or offset is none of this connector's; names the fault */
    @Override
    public final boolean alterOffsets(
            Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
        try {
            offsets.forEach(this::requireReadable);
            return true;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ConnectException(e.getMessage(), e);
        }
    }

    /** All settings, each with what is wrong with it. */
    protected abstract Collection<ConfigValue> validation(Map<String, String> settings);

    /**
     * Checks that this connector's tasks can read them.
     *
     * @param offset null if the partition is to be read as if it never was
     * @throws IllegalArgumentException if not; names the fault
     * @throws ArithmeticException if a number is too large
     */
    protected abstract void requireReadable(Map<String, ?> partition, Map<String, ?> offset);
}
