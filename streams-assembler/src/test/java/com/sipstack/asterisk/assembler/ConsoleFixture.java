package com.sipstack.asterisk.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.demopbx.FreshCall;
import com.sipstack.asterisk.demopbx.FreshCall.DueRow;
import com.sipstack.asterisk.demopbx.RecordedCall;
import com.sipstack.asterisk.embedded.EmbeddedBroker;
import com.sipstack.asterisk.embedded.FreePort;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.ForgetOrder;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker, assemblers with consoles, and PBXs on which the corpus's calls happen now. */
final class ConsoleFixture implements AutoCloseable {
    static final Topics TOPICS = new Topics("asterisk");

    private final Path directory;
    private final EmbeddedBroker broker;
    private final KafkaProducer<String, byte[]> producer;
    private final FreshCall.Sequence sequence = new FreshCall.Sequence();
    private final Map<String, Long> rows = new HashMap<>();
    private final Deque<Assembler> assemblers = new ArrayDeque<>();

    private ConsoleFixture(Path directory, EmbeddedBroker broker) {
        this.directory = directory;
        this.broker = broker;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    static ConsoleFixture start(Path directory) throws Exception {
        return new ConsoleFixture(directory, EmbeddedBroker.start(directory.resolve("kafka"), 0));
    }

    /** One more instance of the same assembler. */
    Assembler assemble(Map<String, String> others) throws Exception {
        String instance = "console-" + assemblers.size();
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("application.id", "console");
        settings.put("group.instance.id", instance);
        settings.put("session.timeout.ms", "6000");
        settings.put("state.dir", directory.resolve(instance).toString());
        settings.put(AssemblerConfig.COUNTRY, "CA");
        settings.put(AssemblerConfig.TOPICS_CREATE, "true");
        settings.put(AssemblerConfig.TOPICS_PARTITIONS, "3");
        settings.put(AssemblerConfig.TOPICS_REPLICATION, "1");
        settings.put(AssemblerConfig.SHIP_INCOMPLETE_AFTER, "300");
        settings.put(AssemblerConfig.SHIP_TURN_AFTER, "100");
        settings.put(AssemblerConfig.SHIP_COMPLETE_AFTER, "300");
        settings.put(ConsoleConfig.PORT, Integer.toString(FreePort.any()));
        settings.putAll(others);
        Assembler assembler = Assembler.start(new AssemblerConfig(settings));
        assemblers.push(assembler);
        return assembler;
    }

    /** A call of the corpus that has just ended on a PBX. */
    CallKey play(String pbx, String title) throws Exception {
        return play(pbx, title, Duration.ofDays(1), UnaryOperator.identity());
    }

    /**
     * A call of the corpus that happens now.
     *
     * @param title what its title begins with
     * @param until how long ago it began, if it goes on
     * @param change done to each row's columns
     */
    CallKey play(String pbx, String title, Duration until, UnaryOperator<Map<String, Object>> change) throws Exception {
        RecordedCall recorded = RecordedCall.of(Corpus.PBX_20).stream()
                .filter(call -> call.title().startsWith(title))
                .findFirst()
                .orElseThrow();
        FreshCall draft = FreshCall.of(recorded, Instant.now(), new FreshCall.Sequence(), 1, Corpus.ZONE);
        Duration length = draft.rows().stream()
                .map(DueRow::after)
                .max(Duration::compareTo)
                .orElseThrow();
        Duration ago = length.compareTo(until) < 0 ? length : until;
        FreshCall call = FreshCall.of(recorded, Instant.now().minus(ago), sequence, 1, Corpus.ZONE);
        List<DueRow> happened = new ArrayList<>();
        for (DueRow row : call.rows()) {
            if (row.after().compareTo(ago) <= 0) {
                happened.add(new DueRow(row.after(), row.table(), change.apply(new LinkedHashMap<>(row.columns()))));
            }
        }
        write(pbx, new FreshCall(call.linkedids(), happened));
        return new CallKey(pbx, call.linkedids().get(0));
    }

    void send(String topic, String key, String value) throws Exception {
        producer.send(new ProducerRecord<>(topic, key, value.getBytes(UTF_8))).get();
    }

    /** As {@code sipstack forget} does. */
    void forget(CallKey call) throws Exception {
        producer.send(new ProducerRecord<>(TOPICS.cel(), null, call.pbx(), null, new ForgetOrder(call).headers()))
                .get();
    }

    private void write(String pbx, FreshCall call) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        long before = rows.getOrDefault(pbx, 0L);
        for (Row row : CorpusRows.of(call, pbx, before)) {
            String topic = row instanceof Cdr ? TOPICS.cdr() : TOPICS.cel();
            sent.add(producer.send(new ProducerRecord<>(topic, pbx, TopologyFixture.bytes(row))));
        }
        rows.merge(pbx, (long) sent.size(), Long::sum);
        for (Future<RecordMetadata> future : sent) {
            future.get();
        }
    }

    @Override
    public void close() {
        assemblers.forEach(Assembler::close);
        producer.close();
        broker.close();
    }
}
