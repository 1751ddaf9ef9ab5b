package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.assembler.interpret.Applications.Run;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.document.Party;
import com.sipstack.asterisk.model.document.Story.Attempt;
import com.sipstack.asterisk.model.document.Story.Queue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The queues that a call waited in. app_queue rings its members as channels with the application {@code AppQueue}; a queue without
 * events of the caller's own shows by them and by its name in the CDRs.
 */
final class Queues {
    private static final int TIMEOUT = 4;
    private static final long TIMEOUT_SLACK = Times.SECOND;
    private static final Pattern KEY = Pattern.compile("[0-9*#]");

    private final CallFacts call;

    private Queues(CallFacts call) {
        this.call = call;
    }

    static List<Queue> of(CallFacts call) {
        return new Queues(call).visits();
    }

    /** Channels that a queue rang. */
    static boolean isMember(Channel channel) {
        return channel.path().stream().anyMatch(step -> step.runs("AppQueue"));
    }

    /** When the first queue was entered, as far as rows tell; null if there was none, or its times are unknown. */
    static Long firstEntry(CallFacts call) {
        List<Run> runs = call.applications().of("Queue");
        return runs.isEmpty() ? null : new Queues(call).entryOf(runs.get(0), Long.MIN_VALUE);
    }

    private List<Queue> visits() {
        Map<String, Run> byName = new LinkedHashMap<>();
        List<Queue> visits = new ArrayList<>();
        Long leftBefore = Long.MIN_VALUE;
        for (Run run : call.applications().of("Queue")) {
            String name = run.step().argument(0);
            if (!name.isEmpty() && (run.inEvents() || byName.putIfAbsent(name, run) == null)) {
                visits.add(run.inEvents() ? fromEvents(run, leftBefore) : fromLegs(run));
            }
            leftBefore =
                    run.inEvents() && run.step().until() != null ? run.step().until() : leftBefore;
        }
        return visits;
    }

    private Queue fromEvents(Run run, long leftBefore) {
        Optional<Encounter> answer =
                call.talk().encounters().stream().filter(run::overlaps).findFirst();
        Long entered = entryOf(run, leftBefore);
        Long left = answer.map(Encounter::from)
                .orElse(isWaiting(run) ? null : run.step().until());
        return visit(run, answer, entered, left);
    }

    private boolean isWaiting(Run run) {
        return run.channel().cause() == null
                && run.channel().endedAt() == null
                && nextStep(run).isEmpty();
    }

    /** Without APP_START the first row in the queue may be that of its answer: its members were rung before. */
    private Long entryOf(Run run, long leftBefore) {
        Long firstRow = run.step().from();
        Optional<Long> firstRing = call.channels().all().stream()
                .filter(channel -> isMember(channel)
                        && isStartedIn(channel, leftBefore, run.step().until()))
                .map(Channel::startedAt)
                .min(Long::compare);
        return firstRing.filter(ring -> firstRow == null || ring < firstRow).orElse(firstRow);
    }

    private Queue fromLegs(Run run) {
        if (call.rows().cels().isEmpty()) {
            return fromLegsAlone(run);
        }
        List<Channel> members =
                call.channels().persons().stream().filter(Queues::isMember).toList();
        Long entered = members.stream()
                .map(Channel::startedAt)
                .filter(Objects::nonNull)
                .min(Long::compare)
                .orElse(null);
        Long left = members.stream()
                .map(Channel::endedAt)
                .filter(Objects::nonNull)
                .max(Long::compare)
                .orElse(null);
        return visit(run, Optional.empty(), entered, left);
    }

    private Queue visit(Run run, Optional<Encounter> answer, Long entered, Long left) {
        Long wait = entered == null || left == null ? null : (Long) (left - entered);
        return new Queue(
                run.step().argument(0),
                wait == null ? null : (Double) Times.seconds(wait),
                outcome(run, answer.isPresent(), wait),
                answer.map(Encounter::partner).map(this::agent).orElse(null),
                attempts(entered, answer.map(Encounter::until).orElse(left)));
    }

    private String outcome(Run run, boolean answered, Long wait) {
        if (answered) {
            return "answered";
        }
        Optional<Step> next = nextStep(run);
        if (next.isPresent()) {
            return hasTimedOut(run, wait) ? "timed_out" : isKey(next.get(), run) ? "exited" : "unknown";
        }
        if (run.inEvents() && isWaiting(run)) {
            return call.isEnded() ? "unknown" : null;
        }
        return gaveUp(run, wait);
    }

    private String gaveUp(Run run, Long wait) {
        boolean byDialplan = run.channel().hangupSource().startsWith("dialplan/");
        if (!byDialplan) {
            return "abandoned";
        }
        return hasTimedOut(run, wait) ? "timed_out" : "unknown";
    }

    /** What the caller's channel did after the queue; empty if nothing. */
    private static Optional<Step> nextStep(Run run) {
        Channel caller = run.channel();
        Long until = run.step().until();
        Stream<Step> inEvents = run.inEvents() ? caller.path().stream() : Stream.empty();
        return Stream.concat(inEvents, caller.legs().stream().map(Step::of))
                .filter(step ->
                        !step.app().isEmpty() && !step.runsSame(run.step()) && until != null && step.beganSince(until))
                .findFirst();
    }

    /** Whether it stands at a key that the caller pressed while waiting: queues.conf's {@code context}. */
    private static boolean isKey(Step next, Run run) {
        return KEY.matcher(next.exten()).matches()
                && !next.exten().equals(run.step().exten());
    }

    /** The fifth argument of Queue() is the longest wait in seconds. */
    private static boolean hasTimedOut(Run run, Long wait) {
        String timeout = run.step().argument(TIMEOUT);
        return wait != null
                && timeout.matches("\\d{1,9}")
                && wait + TIMEOUT_SLACK >= Long.parseLong(timeout) * Times.SECOND;
    }

    private List<Attempt> attempts(Long from, Long until) {
        List<Attempt> attempts = new ArrayList<>();
        List<Channel> rung = from == null ? List.of() : rungIn(from, until);
        for (Channel member : rung) {
            Long rang = member.answeredAt() != null ? member.answeredAt() : member.endedAt();
            extensionOf(member)
                    .ifPresent(extension -> attempts.add(new Attempt(
                            extension,
                            rang == null ? null : (Double) Times.seconds(rang - member.startedAt()),
                            call.talk().isWith(member))));
        }
        return attempts;
    }

    /** A Local member may lead outside, as FollowMe does: the agent is the member whom the queue rang. */
    private Optional<String> extensionOf(Channel person) {
        return call.extensionOf(person)
                .or(() -> call.channels().all().stream()
                        .filter(channel -> channel.isLocal() && isMember(channel))
                        .filter(member ->
                                person.startedAt() != null && isStartedIn(member, Long.MIN_VALUE, person.startedAt()))
                        .reduce((earlier, later) -> later)
                        .flatMap(Channel::name)
                        .flatMap(name -> call.lines().extensionIn(name.endpoint())));
    }

    private Party agent(Channel person) {
        return extensionOf(person).map(Party::ofExtension).orElseGet(() -> call.partyOf(person));
    }

    /** People who were rung in that time. Behind a Local member it is the phone, which knows nothing of the queue. */
    private List<Channel> rungIn(long from, Long until) {
        return call.channels().persons().stream()
                .filter(person ->
                        !call.caller().owns(person) && !person.hasDialled() && isStartedIn(person, from, until))
                .toList();
    }

    private static boolean isStartedIn(Channel person, long from, Long until) {
        Long start = person.startedAt();
        return start != null && start >= from && (until == null || start <= until);
    }

    /** Which time a caller waited cannot be told from legs: they count from the channel's answer. */
    private Queue fromLegsAlone(Run run) {
        String name = run.step().argument(0);
        List<Cdr> legs = run.channel().legs().stream()
                .filter(cdr ->
                        Step.of(cdr).runs("Queue") && Step.of(cdr).argument(0).equals(name))
                .toList();
        Optional<Encounter> answer = call.talk().encounters().stream()
                .filter(encounter -> encounter.step().runs("Queue"))
                .findFirst();
        Party agent = answer.map(Encounter::partner).map(call::partyOf).orElse(null);
        Run whole = new Run(run.channel(), Step.of(legs.get(0)).until(Step.of(legs.get(legs.size() - 1))), false);
        List<Attempt> attempts =
                legs.stream().flatMap(cdr -> attempt(cdr).stream()).toList();
        return new Queue(name, null, outcome(whole, answer.isPresent(), lengthOf(whole)), agent, attempts);
    }

    private static Long lengthOf(Run run) {
        Step step = run.step();
        return step.from() == null || step.until() == null ? null : (Long) (step.until() - step.from());
    }

    private Optional<Attempt> attempt(Cdr cdr) {
        return call.channels()
                .named(cdr.dstchannel())
                .flatMap(member -> call.extensionOf(member)
                        .or(() -> member.name().flatMap(name -> call.lines().extensionIn(name.endpoint()))))
                .map(extension -> new Attempt(extension, null, Cdrs.isAnswered(cdr)));
    }
}
