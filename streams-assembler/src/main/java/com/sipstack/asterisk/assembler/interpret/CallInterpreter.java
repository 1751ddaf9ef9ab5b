package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.ProductVersion;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.document.CallDocument;
import com.sipstack.asterisk.model.document.CallDocument.Completeness;
import com.sipstack.asterisk.model.document.CallDocument.Identity;
import com.sipstack.asterisk.model.document.CallDocument.Relations;
import com.sipstack.asterisk.model.document.Outcome;
import com.sipstack.asterisk.model.document.Story;
import com.sipstack.asterisk.model.document.Timing;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Tells a call's story from its rows. The same rows give the same document, in whatever order they came. */
public final class CallInterpreter {
    private static final Set<String> SPECIAL_EXTENSIONS = Set.of("", "s", "i", "t", "h");

    private final PbxProfile profile;
    private final Numbers numbers;

    public CallInterpreter(PbxProfile profile) {
        this.profile = profile;
        this.numbers = new Numbers(profile);
    }

    /**
     * Interprets what is known so far.
     *
     * @param rows at least one
     * @param ending how the call ended, {@link Ending#NONE} while it goes on
     * @return the content of a document, without a phase
     */
    public CallDocument interpret(CallRows rows, Ending ending) {
        Map<String, Channel> channels = Channel.of(rows);
        Channel caller = caller(rows, channels);
        String dialled = dialled(rows, caller);
        DirectionRule direction = DirectionRule.of(caller, dialled, numbers);
        Conversation talk = Conversation.of(rows, channels, caller);
        Callees callees = new Callees(channels, caller, talk, numbers);
        boolean ended = ending != Ending.NONE;
        return new CallDocument(
                identity(rows),
                null,
                timing(rows, caller, talk, callees, ending),
                new Outcome(
                        direction.direction(),
                        Outcomes.disposition(rows, caller, ended),
                        talk.isAnswered(),
                        isAnonymous(caller),
                        Outcomes.hangup(rows, caller)),
                PartyFinder.parties(caller, dialled, direction.direction(), callees, numbers),
                Story.NONE,
                new Relations(null, relatedLinkedids(rows)),
                Journals.recordings(rows),
                direction.analysis(),
                custom(rows),
                completeness(rows, channels, ended),
                Journals.of(rows));
    }

    private Identity identity(CallRows rows) {
        return new Identity(
                "asterisk",
                ProductVersion.CURRENT,
                profile.customerId(),
                profile.tenant(),
                profile.hostname(),
                rows.key().pbx(),
                rows.key().linkedid());
    }

    /** The root of a linkedid is the channel whose uniqueid it is; while its rows are missing, the first one. */
    private static Channel caller(CallRows rows, Map<String, Channel> channels) {
        Channel root = channels.get(rows.key().linkedid());
        return root != null
                ? root
                : channels.values().stream().findFirst().orElseThrow(() -> new IllegalArgumentException("no rows"));
    }

    /** What was dialled stands in the first rows only; a CDR may have the key pressed in a menu instead. */
    private static String dialled(CallRows rows, Channel caller) {
        Stream<String> candidates = Stream.concat(
                Stream.of(caller.firstExten(), caller.dnid()),
                rows.cdrs().stream().flatMap(cdr -> Stream.of(cdr.did(), cdr.dst())));
        return candidates
                .filter(Objects::nonNull)
                .filter(exten -> !SPECIAL_EXTENSIONS.contains(exten))
                .findFirst()
                .orElse("");
    }

    private static boolean isAnonymous(Channel caller) {
        return "anonymous".equalsIgnoreCase(caller.firstNumber()) || "anonymous".equalsIgnoreCase(caller.firstName());
    }

    private static Timing timing(CallRows rows, Channel caller, Conversation talk, Callees callees, Ending ending) {
        Long start = Stream.concat(Stream.ofNullable(caller.startedAt()), occurrences(rows))
                .min(Long::compare)
                .orElse(null);
        Long last = Stream.concat(
                        occurrences(rows),
                        rows.cdrs().stream().map(Cdrs::endedAt).filter(Objects::nonNull))
                .max(Long::compare)
                .orElse(null);
        // A CDR's end has whole seconds: where events tell the end more exactly, they count
        Long end = rows.cels().isEmpty() ? last : lastEvent(rows);
        return new Timing(
                Times.instant(start),
                Times.instant(caller.answeredAt()),
                Times.instant(talk.answeredAt()),
                ending == Ending.NONE ? null : Times.instant(end),
                ending.word(),
                start == null || end == null ? null : Math.max(0, (end - start) / 1_000_000),
                Times.seconds(callees.ringMicros()),
                Times.seconds(talk.talkMicros()),
                null);
    }

    private static Long lastEvent(CallRows rows) {
        return rows.cels().stream()
                .map(Cel::eventTime)
                .filter(Objects::nonNull)
                .max(Long::compare)
                .orElse(null);
    }

    private static Stream<Long> occurrences(CallRows rows) {
        return Stream.concat(rows.cels().stream(), rows.cdrs().stream())
                .map(Row::occurredAt)
                .filter(Objects::nonNull);
    }

    private static List<String> relatedLinkedids(CallRows rows) {
        return Stream.concat(rows.cels().stream(), rows.cdrs().stream())
                .map(Row::linkedid)
                .filter(linkedid -> linkedid != null && !linkedid.isBlank())
                .filter(linkedid -> !linkedid.equals(rows.key().linkedid()))
                .distinct()
                .toList();
    }

    private static Map<String, String> custom(CallRows rows) {
        Map<String, String> custom = new TreeMap<>();
        rows.cdrs().forEach(cdr -> cdr.custom().forEach(custom::putIfAbsent));
        return custom;
    }

    private static Completeness completeness(CallRows rows, Map<String, Channel> channels, boolean ended) {
        Set<String> withCdr = new HashSet<>();
        rows.cdrs().forEach(cdr -> withCdr.add(cdr.uniqueid()));
        boolean gaps = !rows.cels().isEmpty()
                && channels.values().stream()
                        .anyMatch(channel -> !channel.isStartLogged()
                                || (ended && channel.endedAt() == null && !withCdr.contains(channel.uniqueid())));
        return new Completeness(!rows.cels().isEmpty(), !rows.cdrs().isEmpty(), gaps);
    }
}
