package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.CallKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.test.TestRecord;

/** The documents that a test has read from the driver's output, where there is no topic to look into. */
final class DocumentsRead implements DocumentArchive {
    private final Map<String, TestRecord<String, byte[]>> last = new HashMap<>();

    boolean isDown;

    void keep(TestRecord<String, byte[]> document) {
        last.put(document.key(), document);
    }

    void lose() {
        last.clear();
    }

    /** As if others had been written. */
    void change(UnaryOperator<byte[]> change) {
        last.replaceAll((key, document) ->
                new TestRecord<>(key, change.apply(document.value()), document.headers(), document.timestamp()));
    }

    @Override
    public Optional<byte[]> find(CallKey call, long timestamp) {
        if (isDown) {
            throw new TimeoutException("the broker is down");
        }
        return Optional.ofNullable(last.get(call.toString()))
                .filter(document -> document.timestamp() == timestamp)
                .map(TestRecord::value);
    }

    @Override
    public void close() {
        // Documents outlive the task
    }
}
