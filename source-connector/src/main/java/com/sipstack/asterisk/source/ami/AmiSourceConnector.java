package com.sipstack.asterisk.source.ami;

import com.sipstack.asterisk.source.fleet.FleetSourceConnector;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ExactlyOnceSupport;

/** Listens to the manager interface of any number of PBXs; they are shared out among its tasks. */
public final class AmiSourceConnector extends FleetSourceConnector {
    public AmiSourceConnector() {
        super(AmiSourceConfig.FLEET);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return AmiSourceTask.class;
    }

    @Override
    protected Collection<ConfigValue> validation(Map<String, String> settings) {
        return new AmiSourceValidation(settings).validate();
    }

    /** What was heard and not yet written when the worker died cannot be heard again. */
    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return ExactlyOnceSupport.UNSUPPORTED;
    }

    @Override
    protected void requireReadable(Map<String, ?> partition, Map<String, ?> offset) {
        AmiSourcePartition.fromMap(partition);
        if (offset != null) {
            AmiSourceOffset.fromMap(offset);
        }
    }
}
