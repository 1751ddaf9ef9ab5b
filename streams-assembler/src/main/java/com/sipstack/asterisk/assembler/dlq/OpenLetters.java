package com.sipstack.asterisk.assembler.dlq;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The letters that nothing was done with, of a topic that is followed. Bounded; safe for any thread. */
public final class OpenLetters {
    private static final Comparator<LetterPlace> BY_PLACE =
            Comparator.comparingInt(LetterPlace::partition).thenComparingLong(LetterPlace::offset);

    private final int most;
    private final Map<LetterPlace, Known> open = new TreeMap<>(BY_PLACE);
    private final Map<LetterGroup.Kind, LetterGroup.Kind> kinds = new HashMap<>();
    private long unheld;

    private record Known(LetterGroup.Kind kind, Instant time) {}

    /** @param most that are held one by one; what comes beyond is only counted */
    public OpenLetters(int most) {
        this.most = most;
    }

    /** Takes over a letter, or a mark on one, in the order of its partition. */
    public synchronized void take(ConsumerRecord<byte[], byte[]> record) {
        StoredLetter letter = new StoredLetter(record);
        Mark.read(letter.headers()).ifPresentOrElse(mark -> open.remove(mark.letter()), () -> add(letter));
    }

    /** Lets go of letters that the topic no longer has. */
    public synchronized void forgetBefore(int partition, long offset) {
        open.keySet().removeIf(place -> place.partition() == partition && place.offset() < offset);
    }

    public synchronized long count() {
        return open.size() + unheld;
    }

    /** By stage, PBX and reason, the most frequent first. */
    public synchronized List<LetterGroup> groups() {
        Map<LetterGroup.Kind, LetterGroup> groups = new HashMap<>();
        open.values()
                .forEach(known ->
                        groups.computeIfAbsent(known.kind(), LetterGroup::new).add(known.time()));
        return groups.values().stream().sorted(LetterGroup.MOST_FREQUENT_FIRST).toList();
    }

    /** Where the letters of a group stand, in their order. */
    public synchronized List<LetterPlace> places(LetterGroup.Kind kind) {
        return open.entrySet().stream()
                .filter(letter -> letter.getValue().kind().equals(kind))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void add(StoredLetter letter) {
        if (open.size() >= most) {
            unheld++;
            return;
        }
        LetterGroup.Kind kind = LetterGroup.Kind.of(letter);
        open.put(letter.place(), new Known(kinds.computeIfAbsent(kind, same -> same), letter.time()));
    }
}
