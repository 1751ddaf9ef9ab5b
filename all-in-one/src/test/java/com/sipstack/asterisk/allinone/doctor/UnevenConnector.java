package com.sipstack.asterisk.allinone.doctor;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/** A connector of another version than the command, whose task fails if it is told to, or is none. */
public final class UnevenConnector extends SourceConnector {
    static final String VERSION = "0.0.1";

    private Map<String, String> settings;

    @Override
    public void start(Map<String, String> config) {
        settings = Map.copyOf(config);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return UnevenTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int most) {
        return settings.containsKey("idle") ? List.of() : List.of(settings);
    }

    @Override
    public void stop() {}

    @Override
    public ConfigDef config() {
        return new ConfigDef();
    }

    @Override
    public String version() {
        return VERSION;
    }

    /** Reads nothing. */
    public static final class UnevenTask extends SourceTask {
        @Override
        public void start(Map<String, String> config) {
            if (config.containsKey("fails")) {
                throw new ConnectException("the PBX went home");
            }
        }

        @Override
        public List<SourceRecord> poll() throws InterruptedException {
            Thread.sleep(100);
            return null;
        }

        @Override
        public void stop() {}

        @Override
        public String version() {
            return VERSION;
        }
    }
}
