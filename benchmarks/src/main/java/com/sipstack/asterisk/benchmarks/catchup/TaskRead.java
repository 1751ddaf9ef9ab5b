package com.sipstack.asterisk.benchmarks.catchup;

import com.sipstack.asterisk.demopbx.AsteriskDatabase;
import com.sipstack.asterisk.source.database.DatabaseSourceTask;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** The database source's task, polled as a worker polls it, its records dropped. */
record TaskRead(AsteriskDatabase database) implements Reading {
    @Override
    public void read(int rows, Watch watch) throws InterruptedException {
        Map<String, String> settings = settings(database);
        DatabaseSourceTask task = new DatabaseSourceTask();
        task.initialize(new Context(settings));
        task.start(settings);
        try {
            for (int read = 0; read < rows; ) {
                List<SourceRecord> records = task.poll();
                int polled = records == null ? 0 : records.size();
                read += polled;
                watch.rowsRead(polled);
            }
        } finally {
            task.stop();
        }
    }

    /** Those of a connector that reads the table from its beginning, all others being as they are by default. */
    static Map<String, String> settings(AsteriskDatabase database) {
        return Map.of(
                "pbxs",
                "east",
                "database.url",
                database.jdbcUrl(),
                "database.user",
                database.user(),
                "database.password",
                database.password(),
                "cdr.tables",
                "",
                "start.from",
                "earliest");
    }

    /** Of a worker that knows no offsets yet. */
    private record Context(Map<String, String> configs) implements SourceTaskContext, OffsetStorageReader {
        @Override
        public OffsetStorageReader offsetStorageReader() {
            return this;
        }

        @Override
        public PluginMetrics pluginMetrics() {
            throw new NoSuchMethodError("as in workers before 4.2");
        }

        @Override
        public <T> Map<String, Object> offset(Map<String, T> partition) {
            return null;
        }

        @Override
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
            return Map.of();
        }
    }
}
