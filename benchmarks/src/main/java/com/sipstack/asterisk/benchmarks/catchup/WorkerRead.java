package com.sipstack.asterisk.benchmarks.catchup;

import com.sipstack.asterisk.demopbx.AsteriskDatabase;
import com.sipstack.asterisk.embedded.ConnectRest;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.embedded.EmbeddedWorker;
import com.sipstack.asterisk.model.Topics;
import com.sipstack.asterisk.source.database.DatabaseSourceConnector;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** The whole way: the source in a worker of this JVM, as JSON into a broker of this JVM. */
record WorkerRead(AsteriskDatabase database, EmbeddedBroker broker, EmbeddedWorker worker)
        implements Reading, AutoCloseable {
    static WorkerRead start(AsteriskDatabase database) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.startTemporary();
        EmbeddedWorker worker = EmbeddedWorker.start(broker.bootstrapServers(), 0, Map.of());
        worker.rest().awaitReady(Duration.ofSeconds(60));
        return new WorkerRead(database, broker, worker);
    }

    @Override
    public void read(int rows, Watch watch) throws Exception {
        String name = "catch-up-" + System.nanoTime();
        Topics topics = new Topics(name);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(topics.specs().stream()
                            .map(topic -> new NewTopic(topic.name(), 1, (short) 1))
                            .toList())
                    .all()
                    .get();
            Map<String, String> settings = new HashMap<>(TaskRead.settings(database));
            settings.put("connector.class", DatabaseSourceConnector.class.getName());
            settings.put("topic.prefix", name);
            put(name, settings);
            long written = 0;
            while (written < rows) {
                TimeUnit.MILLISECONDS.sleep(20);
                long now = end(admin, topics.cel());
                watch.rowsRead(Math.toIntExact(now - written));
                written = now;
            }
        } finally {
            worker.rest().delete(name);
        }
    }

    @Override
    public void close() {
        worker.close();
        broker.close();
    }

    private void put(String name, Map<String, String> settings) throws Exception {
        ConnectRest.Answer answer = worker.rest().put(name, settings);
        if (!answer.isSuccess()) {
            throw new IllegalStateException("the worker refuses the connector: " + answer.body());
        }
    }

    private static long end(Admin admin, String topic) throws ExecutionException, InterruptedException {
        TopicPartition partition = new TopicPartition(topic, 0);
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .offset();
    }
}
