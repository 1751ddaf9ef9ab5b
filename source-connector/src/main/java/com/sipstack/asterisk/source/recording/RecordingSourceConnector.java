package com.sipstack.asterisk.source.recording;

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

/** Finds the recordings of any number of PBXs in folders that the workers see; the PBXs are shared out among its tasks. */
public final class RecordingSourceConnector extends SourceConnector {
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
        return RecordingSourceTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return RecordingSourceConfig.FLEET.taskConfigs(settings, new RecordingSourceConfig(settings).names(), maxTasks);
    }

    @Override
    public ConfigDef config() {
        return RecordingSourceConfig.definition();
    }

    /** Refuses what cannot work; folders need not be there yet. */
    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        return new Config(new ArrayList<>(new RecordingSourceValidation(connectorConfigs).validate()));
    }

    /** What was sent is remembered outside of Kafka's transactions: a recording may be sent again after a crash. */
    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return ExactlyOnceSupport.UNSUPPORTED;
    }

    /** @throws ConnectException if a partition or offset is none of this connector's; names the fault */
    @Override
    public boolean alterOffsets(Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
        try {
            offsets.forEach(RecordingSourceConnector::check);
            return true;
        } catch (IllegalArgumentException e) {
            throw new ConnectException(e.getMessage(), e);
        }
    }

    private static void check(Map<String, ?> partition, Map<String, ?> offset) {
        RecordingSourcePartition.fromMap(partition);
        if (offset != null) {
            RecordingSourceOffset.fromMap(offset);
        }
    }
}
