package com.sipstack.asterisk.sink;

import java.nio.file.Path;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * The settings that say where audio from Kafka lies until it is uploaded.
 *
 * @param directory made if it is not there
 * @param maxBytes that a task may have there
 */
record SpoolConfig(Path directory, long maxBytes) {
    static final String DIRECTORY = "spool.directory";
    static final String MAX_BYTES = "spool.max.bytes";

    private static final String GROUP = "Spool";

    static void define(ConfigDef settings) {
        settings.define(
                DIRECTORY,
                ConfigDef.Type.STRING,
                "",
                SinkSettingRule.text("empty or an absolute path", SpoolConfig::requireAbsolute),
                Importance.MEDIUM,
                "The folder on the worker in which audio that travels through Kafka is put together. Empty is the JVM's"
                        + " temporary folder. Nothing stays there: the space is given back when the worker ends, however it"
                        + " does.",
                GROUP,
                1,
                Width.LONG,
                "Spool directory");
        settings.define(
                MAX_BYTES,
                ConfigDef.Type.LONG,
                8L * 1024 * 1024 * 1024,
                Range.atLeast(1),
                Importance.MEDIUM,
                "How many bytes of audio a task may have there. While it is full, or the disk is, recordings wait. One that"
                        + " is larger than this goes to the dead-letter topic.",
                GROUP,
                2,
                Width.MEDIUM,
                "Spool size");
    }

    private static void requireAbsolute(String path) {
        if (!path.isEmpty() && !Path.of(path).isAbsolute()) {
            throw new IllegalArgumentException("it is relative to a folder that nobody knows");
        }
    }

    static SpoolConfig from(AbstractConfig settings) {
        String directory = settings.getString(DIRECTORY);
        return new SpoolConfig(
                Path.of(directory.isEmpty() ? System.getProperty("java.io.tmpdir") : directory),
                settings.getLong(MAX_BYTES));
    }
}
