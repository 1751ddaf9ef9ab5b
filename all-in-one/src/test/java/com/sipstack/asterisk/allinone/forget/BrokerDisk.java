package com.sipstack.asterisk.allinone.forget;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;

/** The folder of a broker, read as whoever steals the disk would. */
record BrokerDisk(Path folder) {
    /** Whether a segment of the topic, one that is about to be deleted among them, has a record with the text, tombstones apart. */
    boolean holds(String topic, String text) throws IOException {
        for (Path segment : segments(topic)) {
            Iterable<Record> records = MemoryRecords.readableRecords(ByteBuffer.wrap(Files.readAllBytes(segment)))
                    .records();
            if (StreamSupport.stream(records.spliterator(), false).anyMatch(record -> holds(record, text))) {
                return true;
            }
        }
        return false;
    }

    private List<Path> segments(String topic) throws IOException {
        List<Path> segments = new ArrayList<>();
        for (Path partition : entries(folder, name -> name.matches("\\Q" + topic + "\\E-\\d+"))) {
            segments.addAll(entries(partition, name -> name.contains(".log")));
        }
        return segments;
    }

    private static List<Path> entries(Path folder, Predicate<String> isWanted) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> isWanted.test(entry.getFileName().toString()))
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
