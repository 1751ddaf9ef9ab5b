package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.source.fleet.FleetSourceConnector;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ExactlyOnceSupport;

/** Reads the CDR and CEL tables of any number of PBXs; their PBXs are shared out among its tasks. */
public final class DatabaseSourceConnector extends FleetSourceConnector {
    public DatabaseSourceConnector() {
        super(DatabaseSourceConfig.FLEET);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return DatabaseSourceTask.class;
    }

    @Override
    protected Collection<ConfigValue> validation(Map<String, String> settings) {
        return new DatabaseSourceValidation(settings).validate();
    }

    /** A record's offset is exactly the place after its row or, where there is no id, the rows of its slice up to it. */
    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    @Override
    protected void requireReadable(Map<String, ?> partition, Map<String, ?> offset) {
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
