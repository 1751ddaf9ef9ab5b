package com.sipstack.asterisk.allinone.forget;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.ForgetOrder;
import com.sipstack.asterisk.model.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Orders to the assembler, who alone writes documents and keeps calls, and its answers: a tombstone for each call. For one thread. */
final class Orders {
    private static final Duration POLL = Duration.ofMillis(500);

    private final Topics topics;
    private final Consumer<byte[], byte[]> answers;

    /** @param answers a consumer; from now on it reads what is written to the documents' topic */
    Orders(Topics topics, Consumer<byte[], byte[]> answers) {
        this.topics = topics;
        this.answers = answers;
        answers.assign(answers.partitionsFor(topics.calls()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
        answers.seekToEnd(answers.assignment());
        answers.assignment().forEach(answers::position);
    }

    /** Returns once the brokers have them. */
    void give(Collection<CallKey> calls, Producer<byte[], byte[]> producer)
            throws InterruptedException, ExecutionException {
        for (CallKey call : calls) {
            byte[] pbx = call.pbx().getBytes(UTF_8);
            producer.send(new ProducerRecord<>(topics.cel(), null, pbx, null, new ForgetOrder(call).headers()))
                    .get();
        }
    }

    /** The calls for which no answer came in that time. */
    Set<String> unanswered(Collection<CallKey> calls, Duration limit) {
        Set<String> open = new HashSet<>();
        calls.forEach(call -> open.add(call.toString()));
        long end = System.nanoTime() + limit.toNanos();
        while (!open.isEmpty() && System.nanoTime() < end) {
            for (ConsumerRecord<byte[], byte[]> document : answers.poll(POLL)) {
                if (document.value() == null && document.key() != null) {
                    open.remove(new String(document.key(), UTF_8));
                }
            }
        }
        return open;
    }
}
