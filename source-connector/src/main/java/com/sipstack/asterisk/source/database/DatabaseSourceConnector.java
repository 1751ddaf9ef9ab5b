package com.sipstack.asterisk.source.database;

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

/** Reads the CDR and CEL tables of any number of PBXs; their PBXs are shared out among its tasks. */
public final class DatabaseSourceConnector extends SourceConnector {
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
        return DatabaseSourceTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return DatabaseSourceConfig.FLEET.taskConfigs(settings, new DatabaseSourceConfig(settings).names(), maxTasks);
    }

    @Override
    public ConfigDef config() {
        return DatabaseSourceConfig.definition();
    }

    /** Refuses what cannot work and what a database that answers says no to; a database that does not answer is a warning. */
    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        return new Config(new ArrayList<>(new DatabaseSourceValidation(connectorConfigs).validate()));
    }

    /** A record's offset is exactly the place after its row or, where there is no id, the rows of its slice up to it. */
    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    /** @throws ConnectException if a partition or offset is none of this connector's; names the fault */
    @Override
    public boolean alterOffsets(Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
        try {
            offsets.forEach(DatabaseSourceConnector::check);
            return true;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ConnectException(e.getMessage(), e);
        }
    }

    private static void check(Map<String, ?> partition, Map<String, ?> offset) {
        if (KeylessPartition.isOne(partition)) {
            checkKeyless(KeylessPartition.fromMap(partition), offset);
            return;
        }
        DatabaseSourcePartition.fromMap(partition);
        if (offset != null) {
            DatabaseSourceOffset.fromMap(offset);
        }
    }

    private static void checkKeyless(KeylessPartition partition, Map<String, ?> offset) {
        if (offset != null && partition.isStart()) {
            KeylessStart.fromMap(offset);
        } else if (offset != null) {
            KeylessOffset.fromMap(offset);
        }
    }
}
