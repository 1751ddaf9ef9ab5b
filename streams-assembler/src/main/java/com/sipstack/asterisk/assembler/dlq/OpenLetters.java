package com.sipstack.asterisk.assembler.dlq;

import java.time.Instant;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The letters that nothing was done with, of a topic that is followed. Bounded; safe for any thread. */
public final class OpenLetters {
    private static final Comparator<LetterPlace> BY_PLACE =
            Comparator.comparingInt(LetterPlace::partition).thenComparingLong(LetterPlace::offset);

    private final int most;
    private final Map<LetterPlace, Known> open = new TreeMap<>(BY_PLACE);
    private final Map<LetterGroup.Kind, LetterGroup.Kind> kinds = new HashMap<>();
    /** By partition, bits for offsets from its first such letter on. */
    private final Map<Integer, Unheld> unheld = new HashMap<>();

    private record Known(LetterGroup.Kind kind, Instant time) {}

    private record Unheld(long first, BitSet open) {
        void set(long offset, boolean isOpen) {
            // The offsets of one partition rise, and no topic of letters keeps more than two thousand million
            if (offset >= first && offset - first <= Integer.MAX_VALUE) {
                open.set((int) (offset - first), isOpen);
            }
        }

        void forgetBefore(long offset) {
            open.clear(0, (int) Math.max(0, Math.min(Integer.MAX_VALUE, offset - first)));
        }
    }

    /** @param most that are held one by one; what comes beyond is only counted */
    public OpenLetters(int most) {
        this.most = most;
    }

    /** Takes over a letter, or a mark on one, in the order of its partition. */
    public synchronized void take(ConsumerRecord<byte[], byte[]> record) {
        StoredLetter letter = new StoredLetter(record);
        Mark.read(letter.headers()).ifPresentOrElse(mark -> close(mark.letter()), () -> add(letter));
    }

    /** Lets go of letters that the topic no longer has. */
    public synchronized void forgetBefore(int partition, long offset) {
        open.keySet().removeIf(place -> place.partition() == partition && place.offset() < offset);
        unheld.computeIfPresent(partition, (same, letters) -> {
            letters.forgetBefore(offset);
            return letters.open().isEmpty() ? null : letters;
        });
        kinds.keySet().retainAll(open.values().stream().map(Known::kind).collect(Collectors.toSet()));
    }

    public synchronized long count() {
        return open.size()
                + unheld.values().stream()
                        .mapToLong(letters -> letters.open().cardinality())
                        .sum();
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

    private void close(LetterPlace place) {
        if (open.remove(place) == null && unheld.containsKey(place.partition())) {
            unheld.get(place.partition()).set(place.offset(), false);
        }
    }

    private void add(StoredLetter letter) {
        LetterPlace place = letter.place();
        if (open.size() >= most) {
            unheld.computeIfAbsent(place.partition(), same -> new Unheld(place.offset(), new BitSet()))
                    .set(place.offset(), true);
            return;
        }
        LetterGroup.Kind kind = LetterGroup.Kind.of(letter);
        open.put(place, new Known(kinds.computeIfAbsent(kind, same -> same), letter.time()));
    }
}
