package com.sipstack.asterisk.source.csv;

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

/** Reads the CSV files that any number of PBXs write their CDRs and channel events to; the PBXs are shared out among its tasks. */
public final class CsvSourceConnector extends SourceConnector {
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
        return CsvSourceTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return CsvSourceConfig.FLEET.taskConfigs(settings, new CsvSourceConfig(settings).names(), maxTasks);
    }

    @Override
    public ConfigDef config() {
        return CsvSourceConfig.definition();
    }

    /** Refuses what cannot work, and files that are there and cannot be read as what they should be; they need not be there yet. */
    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        return new Config(new ArrayList<>(new CsvSourceValidation(connectorConfigs).validate()));
    }

    /** A record's offset is exactly the byte after its row. */
    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    /** @throws ConnectException if a partition or offset is none of this connector's; names the fault */
    @Override
    public boolean alterOffsets(Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
        try {
            offsets.forEach(CsvSourceConnector::check);
            return true;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ConnectException(e.getMessage(), e);
        }
    }

    private static void check(Map<String, ?> partition, Map<String, ?> offset) {
        CsvSourcePartition.fromMap(partition);
        if (offset != null) {
            CsvSourceOffset.fromMap(offset);
        }
    }
}
