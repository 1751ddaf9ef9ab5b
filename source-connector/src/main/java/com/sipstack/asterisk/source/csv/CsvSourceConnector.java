package com.sipstack.asterisk.source.csv;

import com.sipstack.asterisk.source.fleet.FleetSourceConnector;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ExactlyOnceSupport;

/** Reads the CSV files that any number of PBXs write their CDRs and channel events to; the PBXs are shared out among its tasks. */
public final class CsvSourceConnector extends FleetSourceConnector {
    public CsvSourceConnector() {
        super(CsvSourceConfig.FLEET);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return CsvSourceTask.class;
    }

    @Override
    protected Collection<ConfigValue> validation(Map<String, String> settings) {
        return new CsvSourceValidation(settings).validate();
    }

    /** A record's offset is exactly the byte after its row. */
    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    @Override
    protected void requireReadable(Map<String, ?> partition, Map<String, ?> offset) {
        CsvSourcePartition.fromMap(partition);
        if (offset != null) {
            CsvSourceOffset.fromMap(offset);
        }
    }
}
