package com.sipstack.asterisk.source.recording;

import com.sipstack.asterisk.source.fleet.FleetSourceConnector;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ExactlyOnceSupport;

/** Finds the recordings of any number of PBXs in folders that the workers see; the PBXs are shared out among its tasks. */
public final class RecordingSourceConnector extends FleetSourceConnector {
    public RecordingSourceConnector() {
        super(RecordingSourceConfig.FLEET);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return RecordingSourceTask.class;
    }

    /** What belongs to the workers is not of single PBXs. */
    @Override
    public ConfigDef config() {
        return RecordingSourceConfig.definition();
    }

    /** Folders need not be there yet. */
    @Override
    protected Collection<ConfigValue> validation(Map<String, String> settings) {
        return new RecordingSourceValidation(settings).validate();
    }

    /** What was sent is remembered outside of Kafka's transactions: a recording may be sent again after a crash. */
    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return ExactlyOnceSupport.UNSUPPORTED;
    }

    @Override
    protected void requireReadable(Map<String, ?> partition, Map<String, ?> offset) {
        RecordingSourcePartition.fromMap(partition);
        if (offset != null) {
            RecordingSourceOffset.fromMap(offset);
        }
    }
}
