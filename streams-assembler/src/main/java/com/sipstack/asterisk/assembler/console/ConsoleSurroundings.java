package com.sipstack.asterisk.assembler.console;

import com.sipstack.asterisk.assembler.dlq.LetterClients;
import com.sipstack.asterisk.assembler.interpret.CallInterpreter;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.Topics;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the console is given by the process that it is part of. All of it is safe for any thread, but {@code rows}.
 *
 * @param clients in no group, each with all that the user has told Kafka's clients
 * @param rows reads a record of the topics of rows; one for each caller, who uses it with one thread
 * @param interpreters how the calls of a PBX are told now, by its name
 * @param metrics of all that runs in this process
 * @param whyNotReady empty if the process works
 */
public record ConsoleSurroundings(
        Topics topics,
        LetterClients clients,
        Supplier<Function<ConsumerRecord<byte[], byte[]>, Row>> rows,
        Function<String, CallInterpreter> interpreters,
        Supplier<MetricSnapshots> metrics,
        Supplier<List<String>> whyNotReady) {}
