package com.sipstack.asterisk.source.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class RecordQueueTest {
    private final RecordQueue queue = new RecordQueue(2);

    @Test
    void givesWhatCameInOrder() throws InterruptedException {
        queue.put(record("a"));
        queue.put(record("b"));

        assertThat(queue.take(Duration.ZERO)).extracting(SourceRecord::topic).containsExactly("a", "b");
        assertThat(queue.take(Duration.ZERO)).isEmpty();
    }

    @Test
    void aFullQueueMakesReadersWait() throws Exception {
        queue.put(record("a"));
        queue.put(record("b"));
        Thread reader = new Thread(() -> {
            try {
                queue.put(record("c"));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        reader.start();
        await().until(() -> reader.getState() == Thread.State.WAITING);

        List<SourceRecord> taken = new ArrayList<>();
        await().pollInSameThread().until(() -> takeInto(taken), size -> size == 3);
        assertThat(taken).extracting(SourceRecord::topic).containsExactly("a", "b", "c");
    }

    @Test
    void whatComesRightAfterTheFirstIsGivenWithIt() throws Exception {
        RecordQueue narrow = new RecordQueue(1);
        narrow.put(record("a"));
        Thread reader = new Thread(() -> {
            try {
                narrow.put(record("b"));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        reader.start();
        await().until(() -> reader.getState() == Thread.State.WAITING);

        assertThat(narrow.take(Duration.ZERO)).extracting(SourceRecord::topic).containsExactly("a", "b");
    }

    @Test
    void aBrokenReaderBreaksTheTask() {
        IllegalStateException cause = new IllegalStateException("a bug");
        queue.fail(cause);

        assertThatThrownBy(() -> queue.take(Duration.ZERO))
                .isInstanceOf(ConnectException.class)
                .hasCause(cause);
    }

    private int takeInto(List<SourceRecord> taken) throws InterruptedException {
        taken.addAll(queue.take(Duration.ZERO));
        return taken.size();
    }

    private static SourceRecord record(String topic) {
        return new SourceRecord(Map.of(), Map.of(), topic, null, topic);
    }
}
