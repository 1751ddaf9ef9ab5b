package com.sipstack.asterisk.allinone.forget;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.Record;

/** The folder of a broker, read as whoever steals the disk would. */
record BrokerDisk(Path folder) {
    /** Whether a segment of the topic, one that is about to be deleted among them, has a record with the text, tombstones apart. */
    boolean holds(String topic, String text) throws IOException {
        for (Path segment : segments(topic)) {
            try (FileRecords records = FileRecords.open(segment.toFile(), false)) {
                if (StreamSupport.stream(records.records().spliterator(), false)
                        .anyMatch(record -> holds(record, text))) {
                    return true;
                }
            }
        }
        return false;
    }

    private List<Path> segments(String topic) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().contains(".log"))
                    .filter(file -> file.getParent().getFileName().toString().matches("\\Q" + topic + "\\E-\\d+"))
                    .toList();
        }
    }

    private static boolean holds(Record record, String text) {
        return record.hasValue()
                && (text(record.key()).contains(text) || text(record.value()).contains(text));
    }

    private static String text(ByteBuffer bytes) {
        return bytes == null ? "" : UTF_8.decode(bytes).toString();
    }
}
