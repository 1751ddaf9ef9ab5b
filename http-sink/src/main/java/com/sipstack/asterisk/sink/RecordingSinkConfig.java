package com.sipstack.asterisk.sink;

import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The settings of {@link RecordingSinkConnector}, beyond those that every sink connector has. */
public final class RecordingSinkConfig extends AbstractConfig {
    private static final ConfigDef SETTINGS = define();

    /** @throws org.apache.kafka.common.config.ConfigException for the first setting that is not valid */
    public RecordingSinkConfig(Map<String, String> settings) {
        super(SETTINGS, settings, false);
    }

    /** Every setting with its documentation, default and rule. */
    public static ConfigDef definition() {
        return new ConfigDef(SETTINGS);
    }

    ApiConfig api() {
        return ApiConfig.from(this);
    }

    RetryConfig retry() {
        return RetryConfig.from(this);
    }

    BadRecordConfig badRecord() {
        return BadRecordConfig.from(this);
    }

    RecordingQueueConfig queue() {
        return RecordingQueueConfig.from(this);
    }

    RecordingFilesConfig files() {
        return RecordingFilesConfig.from(this);
    }

    SpoolConfig spool() {
        return SpoolConfig.from(this);
    }

    KafkaConfig kafka() {
        return KafkaConfig.from(this);
    }

    private static ConfigDef define() {
        ConfigDef settings = new ConfigDef();
        ApiConfig.define(settings);
        RecordingFilesConfig.define(settings);
        KafkaConfig.define(settings);
        SpoolConfig.define(settings);
        RetryConfig.define(settings);
        BadRecordConfig.define(settings);
        RecordingQueueConfig.define(settings);
        return settings;
    }
}
