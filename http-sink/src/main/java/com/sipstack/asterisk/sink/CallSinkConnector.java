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
 * Ships call documents to the SIPSTACK API. Records have the key {@code pbx|linkedid} (StringConverter) and the document as
 * their value: as JSON bytes (ByteArrayConverter, best, for it keeps the order of fields), JSON text (StringConverter) or a map
 * (JsonConverter without schemas). A record without a value is passed over: it erases a call in Kafka and says nothing to the API.
 */
public final class CallSinkConnector extends SinkConnector {
    private Map<String, String> settings = Map.of();

    @Override
    public String version() {
        return ProductVersion.CURRENT;
    }

    @Override
    public ConfigDef config() {
        return CallSinkConfig.definition();
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
        return CallSinkTask.class;
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
