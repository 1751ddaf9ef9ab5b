package com.sipstack.asterisk.benchmarks.assembler;

import com.sipstack.asterisk.assembler.AssembleCommand;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.model.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.utils.Utils;

/**
 * Starts what is measured, and what it needs.
 *
 * @param directory for all that it writes
 * @param guarantee of Kafka Streams
 */
record Apps(EmbeddedBroker broker, Path directory, String guarantee) {
    Topics createTopics(String prefix, int partitions) throws InterruptedException, ExecutionException {
        Topics topics = new Topics(prefix);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(topics.specs().stream()
                            .map(spec -> new NewTopic(spec.name(), partitions, (short) 1).configs(spec.config()))
                            .toList())
                    .all()
                    .get();
        }
        return topics;
    }

    StreamsProcess copying(Topics topics) throws IOException {
        return StreamsProcess.start(CopyingApp.class, List.of(topics.prefix()), settings(topics, 0), directory);
    }

    /** @param port of its own: it tells one instance from another */
    StreamsProcess assembler(Topics topics, int port) throws IOException {
        Properties settings = settings(topics, port);
        settings.setProperty("http.port", Integer.toString(port));
        settings.setProperty("topic.prefix", topics.prefix());
        settings.setProperty("country", "CA");
        settings.setProperty("ship.complete.after.ms", "1000");
        return StreamsProcess.start(AssembleCommand.class, List.of("--config"), settings, directory);
    }

    void loseDisk(Topics topics, int instance) throws IOException {
        Utils.delete(stateOf(topics, instance).toFile());
    }

    private Path stateOf(Topics topics, int instance) {
        return directory.resolve("state-" + topics.prefix() + "-" + instance);
    }

    private Properties settings(Topics topics, int instance) {
        Properties settings = new Properties();
        settings.setProperty("bootstrap.servers", broker.bootstrapServers());
        settings.setProperty("application.id", topics.prefix());
        settings.setProperty("group.instance.id", topics.prefix() + "-" + instance);
        settings.setProperty("processing.guarantee", guarantee);
        settings.setProperty("commit.interval.ms", "100");
        settings.setProperty("state.dir", stateOf(topics, instance).toString());
        settings.setProperty("main.consumer.auto.offset.reset", "earliest");
        settings.setProperty("producer.compression.type", "lz4");
        return settings;
    }
}
