package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.document.CallDocument;
import com.sipstack.asterisk.model.document.CallDocument.Completeness;
import com.sipstack.asterisk.model.document.CallDocument.RecordingFile;
import com.sipstack.asterisk.model.document.Journal;
import com.sipstack.asterisk.model.document.Journal.Event;
import com.sipstack.asterisk.model.document.Journal.ThreadEntry;
import com.sipstack.asterisk.model.document.Outcome;
import com.sipstack.asterisk.model.document.Parties;
import com.sipstack.asterisk.model.document.RawRecords;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Adds rows to the document of a call whose other rows are gone. Without them its story cannot be told anew, so what the document
 * says stays, and only what a single row can tell is added:
 *
 * <ul>
 *   <li>{@code call_threads} and {@code events} get the rows' entries, in order of time. An entry that is there already is the same row.
 *   <li>{@code disposition} becomes {@code ANSWERED} if a leg was; it is filled where it was absent.
 *   <li>{@code accountcode} and {@code userfield} are filled where they were absent or empty, {@code custom} columns where they were absent.
 *   <li>{@code recording_files} get files that only these rows name.
 *   <li>{@code raw_cdrs} and {@code raw_cels} get the rows, where they are asked for.
 *   <li>{@code completeness} says that there are CDRs or events now.
 * </ul>
 */
public final class LateRows {
    private static final String ANSWERED = "ANSWERED";

    private LateRows() {}

    /** The document with the rows in it; an equal one if they add nothing. */
    public static CallDocument addTo(CallDocument document, CallRows late, PbxProfile profile) {
        return new CallDocument(
                document.identity(),
                document.phase(),
                document.timing(),
                outcome(document.outcome(), late.cdrs()),
                parties(document.parties(), late.cdrs()),
                document.story(),
                document.relations(),
                recordings(document.recordingFiles(), Recordings.of(late, profile.recordings())),
                document.analysis(),
                custom(document.custom(), late.cdrs()),
                completeness(document.completeness(), late),
                journal(document.journal(), Journals.of(late, profile.story().dtmf())),
                profile.story().rows()
                        ? rows(
                                document.rawRecords(),
                                new RawRows(document).of(late, profile.story().dtmf()))
                        : document.rawRecords());
    }

    private static RawRecords rows(RawRecords known, RawRecords late) {
        return new RawRecords(both(known.rawCdrs(), late.rawCdrs()), both(known.rawCels(), late.rawCels()));
    }

    private static List<Map<String, Object>> both(List<Map<String, Object>> known, List<Map<String, Object>> late) {
        List<Map<String, Object>> all = new ArrayList<>(known == null ? List.of() : known);
        all.addAll(late);
        return all;
    }

    private static Outcome outcome(Outcome known, List<Cdr> cdrs) {
        String disposition = known.disposition();
        for (Cdr cdr : cdrs) {
            boolean isWorthMore = disposition == null || ANSWERED.equals(cdr.outcome());
            disposition = isWorthMore ? cdr.outcome() : disposition;
        }
        return new Outcome(known.direction(), disposition, known.answered(), known.anonymous(), known.hangup());
    }

    private static Parties parties(Parties known, List<Cdr> cdrs) {
        return new Parties(
                known.srcNumber(),
                known.srcName(),
                known.srcExtension(),
                known.srcExtensionName(),
                known.dialled(),
                known.dstNumber(),
                known.dstName(),
                known.dstExtension(),
                known.dstExtensionName(),
                known.answeredBy(),
                known.finalParty(),
                known.trunk(),
                firstText(known.accountcode(), cdrs.stream().map(Cdr::accountcode)),
                firstText(known.userfield(), cdrs.stream().map(Cdr::userfield)),
                known.legs(),
                known.participants(),
                known.ringGroup());
    }

    private static String firstText(String known, Stream<String> late) {
        return Stream.concat(Stream.ofNullable(known), late.filter(Objects::nonNull))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(known);
    }

    private static List<RecordingFile> recordings(List<RecordingFile> known, List<RecordingFile> late) {
        List<RecordingFile> all = new ArrayList<>(known == null ? List.of() : known);
        late.stream()
                .filter(file -> all.stream().noneMatch(other -> other.filename().equals(file.filename())))
                .forEach(all::add);
        return all;
    }

    private static Map<String, String> custom(Map<String, String> known, List<Cdr> cdrs) {
        Map<String, String> all = new TreeMap<>(known == null ? Map.of() : known);
        cdrs.forEach(cdr -> cdr.custom().forEach(all::putIfAbsent));
        return all;
    }

    private static Completeness completeness(Completeness known, CallRows late) {
        return new Completeness(
                known.cel() || !late.cels().isEmpty(),
                known.cdr() || !late.cdrs().isEmpty(),
                known.gaps());
    }

    private static Journal journal(Journal known, Journal late) {
        List<ThreadEntry> threads = new ArrayList<>(known.callThreads());
        late.callThreads().stream().filter(entry -> !threads.contains(entry)).forEach(threads::add);
        threads.sort(Comparator.comparing(ThreadEntry::time));
        List<Event> events = new ArrayList<>(known.events() == null ? List.of() : known.events());
        late.events().stream().filter(event -> !events.contains(event)).forEach(events::add);
        return Journal.of(threads, events).truncatedLike(known);
    }
}
