package com.sipstack.asterisk.source.ami;

import com.sipstack.asterisk.model.ProductVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/** Listens to the manager interface of any number of PBXs; they are shared out among its tasks. */
public final class AmiSourceConnector extends SourceConnector {
    private Map<String, String> settings;

    @Override
    public String version() {
        return ProductVersion.CURRENT;
    }

    @Override
    public void start(Map<String, String> props) {
        settings = Map.copyOf(props);
    }

    @Override
    public void stop() {}

    @Override
    public Class<? extends Task> taskClass() {
        return AmiSourceTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return AmiSourceConfig.FLEET.taskConfigs(settings, new AmiSourceConfig(settings).names(), maxTasks);
    }

    @Override
    public ConfigDef config() {
        return AmiSourceConfig.definition();
    }

    /** Refuses what cannot work and what a PBX that answers says no to; a PBX that does not answer is a warning. */
    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        return new Config(new ArrayList<>(new AmiSourceValidation(connectorConfigs).validate()));
    }

    /** What was heard and not yet written when the worker died cannot be heard again. */
    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return ExactlyOnceSupport.UNSUPPORTED;
    }

    /** @throws ConnectException if a partition or offset is none of this connector's; names the fault */
    @Override
    public boolean alterOffsets(Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
        try {
            offsets.forEach((partition, offset) -> {
                AmiSourcePartition.fromMap(partition);
                if (offset != null) {
                    AmiSourceOffset.fromMap(offset);
                }
            });
            return true;
        } catch (IllegalArgumentException e) {
            throw new ConnectException(e.getMessage(), e);
        }
    }
}
