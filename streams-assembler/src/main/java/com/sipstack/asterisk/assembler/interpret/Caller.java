package com.sipstack.asterisk.assembler.interpret;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who wanted the call.
 *
 * @param root the channel that the linkedid is named after
 * @param voice the channel whose conversation is the call's: the root, unless that is a Local channel
 * @param origin how the call came about
 */
record Caller(Channel root, Channel voice, Origin origin) {
    enum Origin {
        /** Somebody picked up a phone, or a trunk brought the call. */
        DIALLED,
        /** The PBX was told to ring a phone first, and then to dial for it. */
        CLICK_TO_CALL,
        /** The PBX was told to call somebody outside and bring them to an extension. */
        DIALLER
    }

    /** While the root's rows are missing, the first channel stands for it. */
    static Caller of(CallRows rows, Channels channels, Predicate<Channel> isTrunk) {
        Channel known = channels.withUniqueid(rows.key().linkedid());
        Channel root = known != null ? known : firstOf(channels);
        if (root.isPerson()) {
            return new Caller(root, root, root.isOriginated() ? originated(isTrunk.test(root)) : Origin.DIALLED);
        }
        Optional<Channel> firstRung = firstRung(root, channels);
        boolean isOutside = firstRung.isEmpty() || isTrunk.test(firstRung.get());
        return new Caller(root, firstRung.orElse(root), originated(isOutside));
    }

    private static Origin originated(boolean isOutside) {
        return isOutside ? Origin.DIALLER : Origin.CLICK_TO_CALL;
    }

    private static Channel firstOf(Channels channels) {
        List<Channel> persons = channels.persons();
        return persons.isEmpty() ? channels.all().get(0) : persons.get(0);
    }

    /** An originated Local channel's second half dials the first party. */
    private static Optional<Channel> firstRung(Channel root, Channels channels) {
        String secondHalf = channels.otherHalf(root).map(Channel::fullName).orElse("");
        return channels.persons().stream()
                .min(Comparator.comparing(person ->
                        !person.calledBy().isEmpty() && !person.calledBy().equals(secondHalf)));
    }

    boolean isDialler() {
        return origin == Origin.DIALLER;
    }

    /** The channel that presents the caller: a dialler has none of its own but the root. */
    Channel presented() {
        return isDialler() ? root : voice;
    }

    /** Whether the PBX rang somebody outside on a trunk's own channel, which bears the number that the PBX presents. */
    boolean isDiallersTrunk(Channel channel) {
        return isDialler() && channel == root && root == voice;
    }

    boolean owns(Channel channel) {
        return channel == voice || channel == root;
    }
}
