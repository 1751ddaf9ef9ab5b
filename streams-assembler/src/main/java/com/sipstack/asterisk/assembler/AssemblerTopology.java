package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.assembler.interpret.CallInterpreter;
import com.sipstack.asterisk.model.Topics;
import java.util.function.Function;
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
    static final String DEAD_LETTERS = "dead-letters";

    private AssemblerTopology() {}

    static Topology of(AssemblerConfig config, Backlog backlog) {
        return of(config, config.interpreters(), backlog);
    }

    /** @param interpreters the interpreter of a PBX, by its name */
    static Topology of(AssemblerConfig config, Function<String, CallInterpreter> interpreters, Backlog backlog) {
        Topics topics = config.topics();
        Topology topology = new Topology()
                .addSource(ROWS, new StringDeserializer(), new ByteArrayDeserializer(), topics.cdr(), topics.cel())
                .addProcessor(
                        CALLS,
                        () -> new CallProcessor(
                                new RowReader(config.valueConverter(), topics),
                                config.shippingRules(),
                                interpreters,
                                config.filters(),
                                backlog),
                        ROWS)
                .addSink(DOCUMENTS, topics.calls(), new StringSerializer(), new ByteArraySerializer(), CALLS)
                .addSink(DEAD_LETTERS, topics.dlq(), new StringSerializer(), new ByteArraySerializer(), CALLS);
        for (StoreBuilder<?> store : CallStores.builders()) {
            topology.addStateStore(store, CALLS);
        }
        return topology;
    }
}
