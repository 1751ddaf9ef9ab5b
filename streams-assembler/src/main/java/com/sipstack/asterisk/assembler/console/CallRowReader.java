package com.sipstack.asterisk.assembler.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.RowFormatException;
import com.sipstack.asterisk.model.Topics;
import com.sipstack.asterisk.model.document.CallDocument;
import com.sipstack.asterisk.model.document.Parties.Leg;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Finds the rows behind a call's document in the topics of rows, around the time at which they came. Safe for any thread. */
final class CallRowReader {
    /** How far a broker's clock and a PBX's may be apart, and how long a row may be on its way. */
    private static final Duration MARGIN = Duration.ofMinutes(2);
    /** A document written so long after its call was made from rows that were read late, all at once. */
    private static final Duration LATE = Duration.ofMinutes(30);

    private static final int LARGEST_ROW = 64 * 1024;

    private final Topics topics;
    private final TopicLookup lookup;
    private final Supplier<Function<ConsumerRecord<byte[], byte[]>, Row>> readers;

    CallRowReader(Topics topics, TopicLookup lookup, Supplier<Function<ConsumerRecord<byte[], byte[]>, Row>> readers) {
        this.topics = topics;
        this.lookup = lookup;
        this.readers = readers;
    }

    /** @param isWhole whether all of the time was searched */
    record Read(List<Row> rows, boolean isWhole) {}

    /**
     * The rows of a call and of those that it is tied to.
     *
     * @param firstWritten when the first document that is known was written, in milliseconds since 1970
     * @param lastWritten the same of the last one
     */
    Read read(CallKey key, CallDocument document, long firstWritten, long lastWritten) {
        Set<String> linkedids = linkedids(key, document);
        Set<String> uniqueids = uniqueids(document);
        Instant begin = document.timing().callTime();
        boolean isLive = begin != null && firstWritten - endOf(document, begin) < LATE.toMillis();
        long from = (isLive ? Math.min(begin.toEpochMilli(), firstWritten) : firstWritten) - MARGIN.toMillis();
        List<Row> rows = new ArrayList<>();
        boolean isWhole = true;
        for (String topic : List.of(topics.cel(), topics.cdr())) {
            Function<ConsumerRecord<byte[], byte[]>, Row> reader = readers.get();
            byte[] pbx = key.pbx().getBytes(UTF_8);
            TopicLookup.Found found = lookup.between(
                    topic,
                    pbx,
                    from,
                    lastWritten + MARGIN.toMillis(),
                    record -> Arrays.equals(pbx, record.key())
                            && row(reader, record)
                                    .filter(row ->
                                            linkedids.contains(row.linkedid()) || uniqueids.contains(row.uniqueid()))
                                    .isPresent());
            isWhole &= found.isWhole();
            found.records().forEach(record -> row(reader, record).ifPresent(rows::add));
        }
        return new Read(rows, isWhole);
    }

    private static long endOf(CallDocument document, Instant begin) {
        Instant end = document.timing().endedAt();
        return (end == null ? begin : end).toEpochMilli();
    }

    /** What cannot be read is in the dead letters, and no row of this call. */
    private static Optional<Row> row(
            Function<ConsumerRecord<byte[], byte[]>, Row> reader, ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null || record.value().length > LARGEST_ROW) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.apply(record));
        } catch (RowFormatException e) {
            return Optional.empty();
        }
    }

    private static Set<String> linkedids(CallKey key, CallDocument document) {
        Set<String> linkedids = new HashSet<>(Set.of(key.linkedid()));
        Optional.ofNullable(document.relations().relatedLinkedids()).ifPresent(linkedids::addAll);
        Optional.ofNullable(document.relations().mergedInto()).ifPresent(linkedids::add);
        return linkedids;
    }

    private static Set<String> uniqueids(CallDocument document) {
        Set<String> uniqueids = new HashSet<>();
        Optional.ofNullable(document.parties().legs())
                .ifPresent(legs -> legs.stream().map(Leg::uniqueid).forEach(uniqueids::add));
        uniqueids.remove(null);
        return uniqueids;
    }
}
