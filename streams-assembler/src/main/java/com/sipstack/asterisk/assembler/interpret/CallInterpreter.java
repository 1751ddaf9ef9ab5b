package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.assembler.interpret.Transfers.Handover;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.ProductVersion;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.document.CallDocument;
import com.sipstack.asterisk.model.document.CallDocument.Completeness;
import com.sipstack.asterisk.model.document.CallDocument.Identity;
import com.sipstack.asterisk.model.document.CallDocument.Relations;
import com.sipstack.asterisk.model.document.Outcome;
import com.sipstack.asterisk.model.document.RawRecords;
import com.sipstack.asterisk.model.document.Story;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Tells a call's story from its rows. The same rows give the same document, in whatever order they came. */
public final class CallInterpreter {
    private final PbxProfile profile;
    private final Numbers numbers;

    public CallInterpreter(PbxProfile profile) {
        this.profile = profile;
        this.numbers = new Numbers(profile.numbering());
    }

    /**
     * Interprets what is known so far.
     *
     * @param rows at least one; those of calls that {@link CallTies} ties to this one may be among them
     * @param ending how the call ended, {@link Ending#NONE} while it goes on
     * @return the content of a document, without a phase. A call that was merged into an older one tells of itself alone, and of
     *     that one's linkedid.
     */
    public CallDocument interpret(CallRows rows, Ending ending) {
        CallTies ties = CallTies.of(rows.all().toList());
        String survivor = ties.survivorOf(rows.key().linkedid());
        boolean isMerged = !survivor.equals(rows.key().linkedid());
        CallRows told = isMerged && !rows.own().isEmpty() ? rows.own() : rows;
        return interpret(told, new Relations(isMerged ? survivor : null, relatedLinkedids(rows)), ending);
    }

    /**
     * What the decisions of a call's document were made from.
     *
     * @param document as interpreted from the same rows
     * @return reasons in words, by decision
     */
    public Map<String, String> explain(CallRows rows, CallDocument document) {
        boolean ended = document.timing().endedBy() != null;
        CallRows told = document.relations().mergedInto() != null && !rows.own().isEmpty() ? rows.own() : rows;
        CallFacts call = new CallFacts(told, profile, numbers, ended);
        String dialled = DialledNumber.of(call);
        return Explanation.of(call, document, TenantFinder.explain(call, dialled, profile));
    }

    /** Whether anybody is told the digits that people typed: they may be PINs. */
    public boolean tellsDigits() {
        return profile.story().dtmf();
    }

    private CallDocument interpret(CallRows rows, Relations relations, Ending ending) {
        boolean ended = ending != Ending.NONE;
        CallFacts call = new CallFacts(rows, profile, numbers, ended);
        String dialled = DialledNumber.of(call);
        String tenant = TenantFinder.find(call, dialled, profile);
        DirectionRule rule = DirectionRule.of(call, dialled);
        List<Handover> handovers = profile.story().transfers() ? Transfers.of(call, Parkings.stays(call)) : List.of();
        Callees callees = new Callees(call, handovers);
        Story story = StoryTeller.tell(call, handovers);
        boolean anonymous = isAnonymous(call.caller().root());
        CallDocument document = new CallDocument(
                identity(rows, tenant),
                null,
                Timings.of(call, callees, ending),
                new Outcome(
                        rule.direction(),
                        Outcomes.disposition(call),
                        call.talk().isAnswered(),
                        anonymous,
                        Hangups.of(call)),
                new PartyFinder(call, rule.direction(), dialled, tenant).parties(callees),
                story,
                relations,
                Recordings.of(rows, profile.recordings()),
                Analyst.of(call, rule, dialled, anonymous, story),
                custom(rows),
                completeness(call),
                Journals.of(rows, profile.story().dtmf()),
                RawRecords.NONE);
        return profile.story().rows()
                ? document.with(new RawRows(document).of(rows, profile.story().dtmf()))
                : document;
    }

    private Identity identity(CallRows rows, String tenant) {
        return new Identity(
                "asterisk",
                ProductVersion.CURRENT,
                profile.customerId(),
                tenant,
                profile.hostname(),
                rows.key().pbx(),
                rows.key().linkedid());
    }

    private static boolean isAnonymous(Channel caller) {
        return AnonymousCaller.isOne(caller.firstNumber()) || AnonymousCaller.isOne(caller.firstName());
    }

    private static List<String> relatedLinkedids(CallRows rows) {
        return rows.all()
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

    private static Completeness completeness(CallFacts call) {
        CallRows rows = call.rows();
        boolean hasEvents = !rows.cels().isEmpty();
        boolean gaps = hasEvents
                && (call.channels().all().stream().anyMatch(channel -> hasGap(channel, call.isEnded()))
                        || call.stays().stream().anyMatch(stay -> stay.enter() == null)
                        || !knowsEveryLeg(rows));
        return new Completeness(hasEvents, !rows.cdrs().isEmpty(), gaps);
    }

    /** A channel's CDR counts as its end. */
    private static boolean hasGap(Channel channel, boolean ended) {
        boolean isOpen = ended && channel.endedAt() == null && channel.legs().isEmpty();
        return !channel.isStartLogged() || isOpen;
    }

    private static boolean knowsEveryLeg(CallRows rows) {
        Set<String> known = new HashSet<>();
        rows.cels().forEach(cel -> known.add(cel.uniqueid()));
        return rows.cdrs().stream().map(Cdr::uniqueid).allMatch(known::contains);
    }
}
