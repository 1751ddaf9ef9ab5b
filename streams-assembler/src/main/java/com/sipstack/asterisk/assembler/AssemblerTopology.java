package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.Topics;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.StoreBuilder;

/** Rows in, documents out, and what cannot be read to the dead letters. All names are fixed: state outlives a release. */
final class AssemblerTopology {
    static final String ROWS = "rows-of-pbxs";
    static final String CALLS = "calls-of-pbxs";
    static final String DOCUMENTS = "documents";
    static final String RAW = "raw";
    static final String DEAD_LETTERS = "dead-letters";

    private AssemblerTopology() {}

    static Topology of(AssemblerConfig config, Backlog backlog) {
        String calls = config.topics().calls();
        return of(config, config.interpretation(), () -> new TopicArchive(config.consumerProperties(), calls), backlog);
    }

    /** @param archives the documents that were written; one for each task */
    static Topology of(
            AssemblerConfig config,
            Interpretation interpretation,
            Supplier<DocumentArchive> archives,
            Backlog backlog) {
        Topics topics = config.topics();
        Topology topology = new Topology()
                .addSource(ROWS, new StringDeserializer(), new ByteArrayDeserializer(), topics.cdr(), topics.cel())
                .addProcessor(
                        CALLS,
                        () -> new CallProcessor(
                                new RowReader(config.valueConverter(), topics),
                                config.shippingRules(),
                                interpretation,
                                config.documentLimit(),
                                config.sendsRaw(),
                                archives,
                                backlog),
                        ROWS)
                .addSink(DOCUMENTS, topics.calls(), new StringSerializer(), new ByteArraySerializer(), CALLS)
                .addSink(RAW, topics.raw(), new StringSerializer(), new ByteArraySerializer(), CALLS)
                .addSink(DEAD_LETTERS, topics.dlq(), new StringSerializer(), new ByteArraySerializer(), CALLS);
        for (StoreBuilder<?> store : CallStores.builders()) {
            topology.addStateStore(store, CALLS);
        }
        return topology;
    }
}
