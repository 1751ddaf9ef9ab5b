package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.Topics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.StoreBuilder;

/** Rows and recordings in, documents and recordings that may leave out, and what cannot be read to the dead letters. All names are fixed: state outlives a release. */
final class AssemblerTopology {
    static final String ROWS = "rows-of-pbxs";
    static final String ROWS_IN_PLACE = "rows-in-place";
    static final String CALLS = "calls-of-pbxs";
    static final String DOCUMENTS = "documents";
    static final String DOCUMENTS_TOPIC = "documents-topic";
    static final String RAW = "raw";
    static final String RECORDINGS_READY = "recordings-ready";
    static final String DEAD_LETTERS = "dead-letters";
    static final String DEAD_LETTERS_TOPIC = "dead-letters-topic";

    private AssemblerTopology() {}

    /** With the settings of the configuration alone. */
    static Topology of(AssemblerConfig config, Surroundings surroundings) {
        Topics topics = config.topics();
        TopicFacts facts = surroundings.topics();
        AssemblerMetrics metrics = surroundings.metrics();
        Topology topology = new Topology()
                .addSource(
                        ROWS,
                        new StringDeserializer(),
                        new ByteArrayDeserializer(),
                        topics.cdr(),
                        topics.cel(),
                        topics.recordings(),
                        topics.receipts())
                .addProcessor(ROWS_IN_PLACE, () -> new PartitionGuard(facts.partitions(), metrics), ROWS)
                .addProcessor(CALLS, () -> new CallProcessor(config, surroundings), ROWS_IN_PLACE)
                .addProcessor(DOCUMENTS, () -> new SizeGuard.Documents(facts.largestDocument()), CALLS)
                .addProcessor(
                        DEAD_LETTERS,
                        () -> new SizeGuard.DeadLetters(facts.largestLetter(), metrics),
                        ROWS_IN_PLACE,
                        CALLS,
                        DOCUMENTS)
                .addSink(DOCUMENTS_TOPIC, topics.calls(), new StringSerializer(), new ByteArraySerializer(), DOCUMENTS)
                .addSink(RAW, topics.raw(), new StringSerializer(), new ByteArraySerializer(), CALLS)
                .addSink(
                        RECORDINGS_READY,
                        topics.recordingsReady(),
                        new StringSerializer(),
                        new ByteArraySerializer(),
                        CALLS)
                .addSink(
                        DEAD_LETTERS_TOPIC,
                        topics.dlq(),
                        new StringSerializer(),
                        new ByteArraySerializer(),
                        DEAD_LETTERS);
        for (StoreBuilder<?> store : CallStores.builders(config.isExactlyOnce())) {
            topology.addStateStore(store, CALLS);
        }
        return topology;
    }
}
