package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.embedded.EmbeddedBroker;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** A broker of the kind that the tests want: in this JVM, or in a container. */
record TestBroker(String bootstrapServers, Runnable stop) implements AutoCloseable {
    static TestBroker start() {
        return InContainers.isOn() ? inContainer() : embedded();
    }

    @Override
    public void close() {
        stop.run();
    }

    private static TestBroker embedded() {
        EmbeddedBroker broker = EmbeddedBroker.startTemporary();
        return new TestBroker(broker.bootstrapServers(), broker::close);
    }

    private static TestBroker inContainer() {
        KafkaContainer broker = new KafkaContainer(DockerImageName.parse("apache/kafka:4.1.1"));
        broker.start();
        return new TestBroker(broker.getBootstrapServers(), broker::close);
    }
}
