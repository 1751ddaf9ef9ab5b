package com.sipstack.asterisk.assembler.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sipstack.asterisk.assembler.console.CallStory.Relative;
import com.sipstack.asterisk.assembler.console.CallStory.Told;
import com.sipstack.asterisk.assembler.console.CallStory.ToldRow;
import com.sipstack.asterisk.assembler.interpret.CallInterpreter;
import com.sipstack.asterisk.assembler.interpret.CallRows;
import com.sipstack.asterisk.assembler.interpret.Ending;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.UniqueId;
import com.sipstack.asterisk.model.document.CallDocument;
import com.sipstack.asterisk.model.document.DocumentJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Puts together all that is to be said of one call, from its topics. Safe for any thread. */
final class CallReader {
    private final Board board;
    private final String topic;
    private final TopicLookup lookup;
    private final CallRowReader rows;
    private final Function<String, CallInterpreter> interpreters;

    /** @param topic of documents */
    CallReader(
            Board board,
            String topic,
            TopicLookup lookup,
            CallRowReader rows,
            Function<String, CallInterpreter> interpreters) {
        this.board = board;
        this.topic = topic;
        this.lookup = lookup;
        this.rows = rows;
        this.interpreters = interpreters;
    }

    private record Revision(RevisionPlace place, Optional<byte[]> value) {}

    /** Empty if neither the board nor the topic has the call, or somebody had it erased. */
    Optional<CallStory> read(CallKey key) {
        List<Revision> revisions = board.call(key)
                .map(call -> call.revisions().stream().map(this::stored).toList())
                .orElseGet(() -> search(key));
        return revisions.stream()
                .filter(revision -> revision.value().isPresent())
                .reduce((first, last) -> last)
                .map(latest -> story(key, revisions, latest));
    }

    private Revision stored(RevisionPlace place) {
        Optional<ConsumerRecord<byte[], byte[]>> record =
                lookup.at(new TopicPartition(topic, place.partition()), place.offset());
        return new Revision(place, record.map(ConsumerRecord::value));
    }

    /** A call that the board has let go: its documents were written after it began, which its linkedid tells. */
    private List<Revision> search(CallKey key) {
        byte[] bytes = key.toString().getBytes(UTF_8);
        long begin = UniqueId.parse(key.linkedid())
                .map(id -> id.epochSecond() * 1_000)
                .orElse(0L);
        List<Revision> revisions = new ArrayList<>();
        lookup.between(topic, bytes, begin, Long.MAX_VALUE, record -> Arrays.equals(bytes, record.key()))
                .records()
                .forEach(record -> revisions.add(found(record)));
        boolean isErased = !revisions.isEmpty()
                && revisions.get(revisions.size() - 1).value().isEmpty();
        // The documents before a tombstone are there until the topic is compacted, and nobody's to be shown
        return isErased ? List.of() : revisions;
    }

    private static Revision found(ConsumerRecord<byte[], byte[]> record) {
        int revision = record.value() == null
                ? 0
                : ConsoleJson.read(record.value()).path("revision").asInt();
        return new Revision(
                new RevisionPlace(record.partition(), record.offset(), revision, record.timestamp()),
                Optional.ofNullable(record.value()));
    }

    private CallStory story(CallKey key, List<Revision> revisions, Revision latest) {
        byte[] bytes = latest.value().orElseThrow();
        JsonNode tree = ConsoleJson.read(bytes);
        CallDocument document = document(bytes);
        CallRowReader.Read read = rows.read(
                key,
                document,
                revisions.get(0).place().written(),
                latest.place().written());
        return new CallStory(
                CallSummary.of(key, tree, latest.place().written()),
                tree,
                told(revisions),
                Ladder.of(document, CallRows.of(key, read.rows()).cels()),
                told(key, read.rows()),
                read.isWhole(),
                explain(key, document, read),
                relatives(key, document));
    }

    /** Typed digits stay as secret as in documents and raw records. */
    private List<ToldRow> told(CallKey key, List<Row> rows) {
        boolean tellsDigits = interpreters.apply(key.pbx()).tellsDigits();
        return rows.stream()
                .filter(row -> tellsDigits || !(row instanceof Cel cel) || cel.type() != CelEventType.DTMF)
                .map(ToldRow::of)
                .toList();
    }

    private Map<String, String> explain(CallKey key, CallDocument document, CallRowReader.Read read) {
        if (read.rows().isEmpty()) {
            return Map.of();
        }
        CallRows call = CallRows.of(key, read.rows());
        CallInterpreter interpreter = interpreters.apply(key.pbx());
        Ending ending = document.timing().endedBy() == null ? Ending.NONE : Ending.HANGUP;
        return interpreter.explain(call, interpreter.interpret(call, ending));
    }

    private static List<Told> told(List<Revision> revisions) {
        List<Told> told = new ArrayList<>();
        Optional<JsonNode> before = Optional.empty();
        for (Revision revision : revisions) {
            Optional<JsonNode> now = revision.value().map(ConsoleJson::read);
            List<DocumentDiff.Change> changes =
                    before.isPresent() && now.isPresent() ? DocumentDiff.between(before.get(), now.get()) : null;
            RevisionPlace place = revision.place();
            told.add(new Told(
                    place.revision(),
                    place.written(),
                    place.partition(),
                    place.offset(),
                    now.isPresent(),
                    now.map(tree -> tree.path("ship_phase").asText()).orElse(null),
                    changes));
            before = now;
        }
        return told;
    }

    private List<Relative> relatives(CallKey key, CallDocument document) {
        Set<String> related = new LinkedHashSet<>();
        Optional.ofNullable(document.relations().relatedLinkedids()).ifPresent(related::addAll);
        String survivor = document.relations().mergedInto();
        Optional.ofNullable(survivor).ifPresent(related::add);
        related.remove(key.linkedid());
        return related.stream()
                .map(linkedid -> new Relative(
                        linkedid,
                        linkedid.equals(survivor) ? "merged_into" : "related",
                        board.call(new CallKey(key.pbx(), linkedid))
                                .map(BoardCall::summary)
                                .orElse(null)))
                .toList();
    }

    private static CallDocument document(byte[] json) {
        try {
            return DocumentJson.read(json);
        } catch (IOException e) {
            throw new UncheckedIOException("the call's document cannot be read", e);
        }
    }
}
