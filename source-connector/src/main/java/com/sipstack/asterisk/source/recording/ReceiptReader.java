package com.sipstack.asterisk.source.recording;

import com.sipstack.asterisk.model.RecordingReceipt;
import com.sipstack.asterisk.model.RowFormatException;
import com.sipstack.asterisk.source.fleet.Backoff;
import com.sipstack.asterisk.source.fleet.RecordQueue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what became of the recordings of a task's PBXs into their ledgers, by a thread and consumer of its own, which is in no group: each
 * ledger knows how far it was told.
 */
final class ReceiptReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReceiptReader.class);
    private static final Duration PATIENCE = Duration.ofMillis(200);
    /** How often to look for a topic that is not there yet. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private static final Duration PATIENCE_WHEN_STOPPING = Duration.ofSeconds(2);

    private final Map<String, Object> client;
    private final RecordQueue queue;
    private final Thread thread = new Thread(this::read, "asterisk-receipt-reader");
    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Consumer<byte[], byte[]> consumer;
    private volatile boolean isChanged;
    private String lastFault = "";

    /** @param client the consumer's settings, which may hold secrets */
    ReceiptReader(Map<String, Object> client, RecordQueue queue) {
        this.client = new HashMap<>(client);
        this.client.put("enable.auto.commit", false);
        this.client.put("auto.offset.reset", "earliest");
        this.client.put("allow.auto.create.topics", false);
        this.queue = queue;
        thread.setDaemon(true);
    }

    /** A PBX whose receipts are read. */
    static final class Follower {
        private final String pbx;
        private final String topic;
        private final Ledger ledger;
        private final RecordingCounters counters;
        private volatile boolean hasCaughtUp;
        /** Null while there is no such topic. */
        private TopicPartition place;

        private long end;

        private Follower(String pbx, String topic, Ledger ledger, RecordingCounters counters) {
            this.pbx = pbx;
            this.topic = topic;
            this.ledger = ledger;
            this.counters = counters;
        }

        /** Whether all is known that there was when the reading began. */
        boolean hasCaughtUp() {
            return hasCaughtUp;
        }

        private void take(RecordingReceipt receipt, long next) {
            if (receipt.outcome() == RecordingReceipt.Outcome.ACCEPTED) {
                counters.recordingAccepted();
            } else {
                counters.recordingGivenUp();
            }
            ledger.received(receipt, next);
        }
    }

    void start() {
        thread.start();
    }

    Follower follow(String pbx, String topic, Ledger ledger, RecordingCounters counters) {
        Follower follower = new Follower(pbx, topic, ledger, counters);
        followers.add(follower);
        isChanged = true;
        return follower;
    }

    void leave(Follower follower) {
        followers.remove(follower);
    }

    /** After this, no ledger is written to. */
    @Override
    public void close() {
        stopped.countDown();
        Consumer<byte[], byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
        try {
            thread.join(PATIENCE_WHEN_STOPPING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
        try {
            while (!isStopped(Duration.ZERO)) {
                readUntilFault();
                isStopped(backoff.next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            queue.fail(e);
        }
    }

    private boolean isStopped(Duration patience) throws InterruptedException {
        return stopped.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void readUntilFault() throws InterruptedException {
        try (KafkaConsumer<byte[], byte[]> opened =
                new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer = opened;
            long nextLook = System.nanoTime();
            while (!isStopped(opened.assignment().isEmpty() ? PATIENCE : Duration.ZERO)) {
                if (isChanged || (isSomePlaceUnknown() && System.nanoTime() - nextLook > 0)) {
                    isChanged = false;
                    nextLook = System.nanoTime() + LOOK_AGAIN.toNanos();
                    assign(opened);
                }
                pollOnce(opened);
            }
        } catch (WakeupException e) {
            LOG.debug("The reading of receipts was stopped");
        } catch (KafkaException e) {
            tell(e);
            isChanged = true;
        }
    }

    private boolean isSomePlaceUnknown() {
        return followers.stream().anyMatch(follower -> follower.place == null);
    }

    private void assign(Consumer<byte[], byte[]> opened) {
        followers.forEach(follower -> locate(follower, opened));
        Map<TopicPartition, Long> from = new HashMap<>();
        followers.stream()
                .filter(follower -> follower.place != null)
                .forEach(follower -> from.merge(follower.place, follower.ledger.nextReceipt(), Math::min));
        opened.assign(from.keySet());
        from.forEach(opened::seek);
        Map<TopicPartition, Long> ends = opened.endOffsets(from.keySet());
        followers.forEach(follower -> follower.end = ends.getOrDefault(follower.place, 0L));
        // Without a topic, nothing was ever accepted
        followers.forEach(follower -> follower.hasCaughtUp |= follower.place == null);
    }

    /** A receipt lies where its key belongs, as all that is a PBX's. */
    private static void locate(Follower follower, Consumer<byte[], byte[]> opened) {
        List<PartitionInfo> partitions = opened.partitionsFor(follower.topic);
        if (partitions != null && !partitions.isEmpty()) {
            byte[] key = follower.pbx.getBytes(StandardCharsets.UTF_8);
            int number = Utils.toPositive(Utils.murmur2(key)) % partitions.size();
            follower.place = new TopicPartition(follower.topic, number);
        }
    }

    private void pollOnce(Consumer<byte[], byte[]> opened) {
        if (opened.assignment().isEmpty()) {
            return;
        }
        opened.poll(PATIENCE).forEach(this::take);
        for (Follower follower : followers) {
            if (opened.assignment().contains(follower.place)) {
                long next = opened.position(follower.place);
                if (next != follower.ledger.nextReceipt()) {
                    follower.ledger.receivedUpTo(next);
                }
                follower.hasCaughtUp |= next >= follower.end;
            }
        }
        lastFault = "";
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            RecordingReceipt receipt = RecordingReceipt.fromJson(record.value());
            if (receipt.origin() == null || receipt.position() == null || receipt.outcome() == null) {
                throw new RowFormatException("is no receipt of a file: it lacks origin, position or outcome");
            }
            followers.stream()
                    .filter(follower -> follower.pbx.equals(receipt.pbx()) && follower.topic.equals(record.topic()))
                    .forEach(follower -> follower.take(receipt, record.offset() + 1));
        } catch (RowFormatException e) {
            LOG.warn(
                    "{}-{}@{} is passed over: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }

    private void tell(KafkaException e) {
        if (!e.toString().equals(lastFault)) {
            LOG.warn(
                    "Receipts cannot be read, and recordings that are not known wait until they can: {}", e.toString());
            lastFault = e.toString();
        }
    }
}
