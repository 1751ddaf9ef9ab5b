package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.model.ProductVersion;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * Uploads recordings to the SIPSTACK API, each with what is known of its call. Records have the PBX's name as their key and a
 * {@link com.sipstack.asterisk.model.ReadyRecording} as their value: as JSON bytes (ByteArrayConverter, best), JSON text or a map
 * (JsonConverter without schemas). The audio is read from a folder that the worker sees, or from Kafka. A record without a value is
 * passed over.
 */
public final class RecordingSinkConnector extends SinkConnector {
    private Map<String, String> settings = Map.of();

    @Override
    public String version() {
        return ProductVersion.CURRENT;
    }

    @Override
    public ConfigDef config() {
        return RecordingSinkConfig.definition();
    }

    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        Config checked = super.validate(connectorConfigs);
        return new Config(CallSinkRules.check(connectorConfigs, checked.configValues()));
    }

    @Override
    public void start(Map<String, String> props) {
        settings = Map.copyOf(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return RecordingSinkTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return Collections.nCopies(maxTasks, settings);
    }

    @Override
    public void stop() {
        settings = Map.of();
    }
}
