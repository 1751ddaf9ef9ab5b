package com.sipstack.asterisk.assembler.console;

import com.sipstack.asterisk.assembler.dlq.LetterClients;
import com.sipstack.asterisk.assembler.dlq.LetterGroup;
import com.sipstack.asterisk.assembler.dlq.LetterPlace;
import com.sipstack.asterisk.assembler.dlq.OpenLetters;
import com.sipstack.asterisk.assembler.dlq.Replay;
import com.sipstack.asterisk.assembler.dlq.StoredLetter;
import com.sipstack.asterisk.assembler.dlq.TerminalText;
import com.sipstack.asterisk.model.DeadLetter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/** What the page shows of dead letters, and what it has done with them. Safe for any thread. */
final class Letters {
    private static final int MOST_SHOWN = 200;

    private final OpenLetters open;
    private final LetterClients clients;
    private final TopicLookup lookup;

    Letters(OpenLetters open, LetterClients clients, TopicLookup lookup) {
        this.open = open;
        this.clients = clients;
        this.lookup = lookup;
    }

    /** Letters of one kind. */
    record Group(String stage, String pbx, String reason, long letters, String oldest, String newest) {
        static Group of(LetterGroup group) {
            return new Group(
                    group.kind().stage(),
                    group.kind().pbx(),
                    group.kind().reason(),
                    group.count(),
                    group.oldest().toString(),
                    group.newest().toString());
        }
    }

    /** Which letters are meant: those of a group, or single ones. */
    record Wanted(String stage, String pbx, String reason, List<String> places, boolean dryRun) {
        /** @throws IllegalArgumentException if it says neither, or names no place */
        Predicate<StoredLetter> selection() {
            if (places != null && !places.isEmpty()) {
                List<LetterPlace> wanted =
                        places.stream().map(LetterPlace::parse).toList();
                return letter -> wanted.contains(letter.place());
            }
            if (stage == null || pbx == null || reason == null) {
                throw new IllegalArgumentException("say which letters: places, or stage, pbx and reason");
            }
            LetterGroup.Kind kind = new LetterGroup.Kind(stage, pbx, reason);
            return letter -> LetterGroup.Kind.of(letter).equals(kind);
        }
    }

    List<Group> groups() {
        return open.groups().stream().map(Group::of).toList();
    }

    /** Where the first letters of a group stand. */
    List<String> places(LetterGroup.Kind kind) {
        return open.places(kind).stream()
                .limit(MOST_SHOWN)
                .map(LetterPlace::toString)
                .toList();
    }

    /** A letter in full: where it comes from, why it is here, and what is in it. Empty if it is gone. */
    Optional<Map<String, String>> letter(LetterPlace place) {
        return lookup.at(new TopicPartition(clients.topic(), place.partition()), place.offset())
                .map(record -> told(new StoredLetter(record)));
    }

    /** Returns what became of them, in words. */
    String replay(Wanted wanted) throws IOException, ExecutionException, InterruptedException {
        Replay replay = new Replay(clients, false);
        Predicate<StoredLetter> selection = wanted.selection();
        return wanted.dryRun()
                ? replay.count(selection).summary("would be replayed")
                : replay.run(selection).summary("replayed, acknowledged by the broker");
    }

    private static Map<String, String> told(StoredLetter letter) {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("letter", letter.place().toString());
        told.put("written", letter.time().toString());
        told.put("stage", letter.stage());
        told.put("pbx", letter.pbx());
        told.put("reason", TerminalText.of(letter.reason()));
        DeadLetter envelope = letter.envelope();
        if (envelope.topic() != null) {
            told.put("from", envelope.topic() + " " + envelope.partition() + ":" + envelope.offset());
        }
        if (envelope.origin() != null) {
            told.put("origin", envelope.origin() + ", position " + envelope.position());
        }
        letter.headers().forEach((name, value) -> told.putIfAbsent("header " + name, TerminalText.of(value)));
        told.keySet()
                .removeAll(envelope.toHeaders().keySet().stream()
                        .map(name -> "header " + name)
                        .toList());
        told.put("key", TerminalText.of(letter.keyText()));
        told.put("value", letter.value() == null ? "none" : TerminalText.of(letter.value()));
        return told;
    }
}
