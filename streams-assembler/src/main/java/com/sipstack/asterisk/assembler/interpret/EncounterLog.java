package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.assembler.interpret.Bridges.Bridge;
import com.sipstack.asterisk.assembler.interpret.Times.Span;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Notes whom one channel meets in bridges, from one event to the next. People who enter or leave cost a step each; only when the
 * channel itself or a Local channel moves is everybody counted again.
 */
final class EncounterLog {
    private final Channels channels;
    private final Channel subject;
    private final Bridges bridges;
    private final Map<Channel, Opening> open = new LinkedHashMap<>();
    private final Set<Channel> metStrangers = new HashSet<>();
    private final List<Encounter> met = new ArrayList<>();
    private final List<Span> inBridges = new ArrayList<>();
    private Set<Bridge> heard = Set.of();
    private Step standing;
    private Long enteredAt;
    private long lastEntry;
    private int stays;
    private long now;

    private record Opening(long since, Step step, int stay) {}

    private EncounterLog(Channels channels, Channel subject) {
        this.channels = channels;
        this.subject = subject;
        this.bridges = new Bridges(channels);
        this.standing = subject.firstStep();
    }

    static Conversation read(List<Cel> cels, Channels channels, Channel subject) {
        EncounterLog log = new EncounterLog(channels, subject);
        cels.stream().filter(cel -> cel.eventTime() != null).forEach(log::follow);
        log.close();
        return Conversation.of(log.met, log.inBridges);
    }

    private void follow(Cel cel) {
        now = cel.eventTime();
        Channel channel = channels.withUniqueid(cel.uniqueid());
        Bridge before = bridges.of(channel);
        if (channel == subject) {
            stand(cel);
        }
        if (bridges.follow(cel)) {
            move(channel, before);
        }
        bridges.takeInFound(cel).forEach(found -> move(found, null));
        if (channel == subject) {
            meetStrangers(cel);
        }
    }

    private void move(Channel channel, Bridge before) {
        if (channel == subject) {
            moveSubject();
        } else if (channel.isPerson()) {
            movePerson(channel, before);
        } else if (channels.otherHalf(channel).isPresent()) {
            listen(false);
        }
    }

    private void stand(Cel cel) {
        Step step = Step.of(cel);
        if (!step.app().isEmpty()) {
            standing = step;
        }
    }

    private void moveSubject() {
        boolean isInBridge = bridges.of(subject) != null;
        if (enteredAt != null) {
            inBridges.add(new Span(enteredAt, now));
        }
        enteredAt = isInBridge ? (Long) now : null;
        if (isInBridge) {
            stays++;
            lastEntry = now;
        }
        listen(true);
    }

    private void movePerson(Channel person, Bridge before) {
        Bridge after = bridges.of(person);
        if (before != null && heard.contains(before) && !heard.contains(after)) {
            part(person, false);
        }
        if (after != null && heard.contains(after)) {
            meet(person);
        }
    }

    private void listen(boolean subjectMoved) {
        heard = bridges.within(subject);
        Map<Channel, Bridge> people = Bridges.people(heard, subject);
        for (Channel person : List.copyOf(open.keySet())) {
            if (person.isStranger() ? heard.isEmpty() : !people.containsKey(person)) {
                part(person, subjectMoved);
            }
        }
        people.keySet().forEach(this::meet);
    }

    /** Conferences bring calls together that share no linkedid: the others are told of in {@code peer} only. */
    private void meetStrangers(Cel cel) {
        boolean enters = cel.type() == CelEventType.BRIDGE_ENTER && bridges.of(subject) != null;
        boolean leaves = cel.type() == CelEventType.BRIDGE_EXIT && !Bridges.isHolding(cel);
        if (cel.peer() == null || cel.peer().isEmpty() || !(enters || leaves)) {
            return;
        }
        for (String peer : cel.peer().split(",", -1)) {
            Channel stranger = channels.stranger(peer);
            if (stranger != null && stranger.isPerson() && metStrangers.add(stranger)) {
                open.put(stranger, new Opening(enters ? now : arrivalOf(stranger), standing, stays));
                if (leaves) {
                    part(stranger, true);
                }
            }
        }
    }

    /**
     * Who came later than this call's channel is first seen when the channel leaves. That they talked, a CDR of the two tells; since
     * when, to the second, the first CDR that began after the channel had entered.
     */
    private long arrivalOf(Channel stranger) {
        boolean isTold = lastEntry > 0
                && subject.legs().stream().anyMatch(cdr -> Cdrs.isAnswered(cdr) && stranger.isNamed(cdr.dstchannel()));
        if (!isTold) {
            return now;
        }
        return subject.legs().stream()
                .map(Cdr::startTime)
                .filter(start -> start != null && start > lastEntry && start < now)
                .min(Long::compare)
                .orElse(lastEntry);
    }

    private void meet(Channel person) {
        open.computeIfAbsent(person, unmet -> new Opening(now, standing, stays));
    }

    private void part(Channel person, boolean leftFirst) {
        Opening opening = open.remove(person);
        if (opening != null) {
            met.add(new Encounter(person, opening.since(), now, opening.step(), opening.stay(), leftFirst));
        }
    }

    /** The call goes on, or rows are missing: what is open lasts to the last event. */
    private void close() {
        if (enteredAt != null) {
            inBridges.add(new Span(enteredAt, now));
        }
        List.copyOf(open.keySet()).forEach(person -> part(person, false));
    }
}
