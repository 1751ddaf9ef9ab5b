package com.sipstack.asterisk.sink;

import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The settings of {@link RawSinkConnector}, beyond those that every sink connector has. */
public final class RawSinkConfig extends AbstractConfig {
    private static final ConfigDef SETTINGS = define();

    /** @throws org.apache.kafka.common.config.ConfigException for the first setting that is not valid */
    public RawSinkConfig(Map<String, String> settings) {
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

    RawBatchConfig batch() {
        return RawBatchConfig.from(this);
    }

    RawQueueConfig queue() {
        return RawQueueConfig.from(this);
    }

    private static ConfigDef define() {
        ConfigDef settings = new ConfigDef();
        ApiConfig.define(settings);
        RetryConfig.define(settings);
        BadRecordConfig.define(settings);
        RawBatchConfig.define(settings);
        RawQueueConfig.define(settings);
        return settings;
    }
}
