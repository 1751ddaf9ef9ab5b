package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.assembler.interpret.Applications.Run;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.ChannelName;
import com.sipstack.asterisk.model.document.Party;
import com.sipstack.asterisk.model.document.Story.Forward;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Calls that were sent on before anybody answered: by a phone's redirection (FORWARD, or a Local channel that no Dial asked for), or
 * by a dialplan that dials one Local channel in place of a phone.
 */
final class Forwards {
    /** FreePBX's own Local channels: FollowMe, ring groups and queue members. */
    private static final Pattern GROUP_MEMBER = Pattern.compile(
            "(?i)FM(?:PR|GL)-.*|RG-.*|.*@(?:from-queue|ext-(?:group|queues|findmefollow)|findmefollow).*");

    private final CallFacts call;

    private Forwards(CallFacts call) {
        this.call = call;
    }

    static List<Forward> of(CallFacts call) {
        Forwards forwards = new Forwards(call);
        List<Forward> told = new ArrayList<>();
        call.events(CelEventType.FORWARD).forEach(cel -> told.add(forwards.fromEvent(cel)));
        if (told.isEmpty()) {
            told.addAll(forwards.byPhones());
        }
        told.addAll(forwards.byDialplan());
        return told;
    }

    private Forward fromEvent(Cel cel) {
        return new Forward(
                call.lines()
                        .extensionIn(firstDestination(cel.appdata()))
                        .map(Party::ofExtension)
                        .orElse(null),
                call.dialledParty(extension(Extra.of(cel).text("forward"))),
                Times.instant(cel.eventTime()));
    }

    /** Local channels that appear while a phone rings, before the call is answered, and that no Dial named. */
    private List<Forward> byPhones() {
        if (call.caller().origin() != Caller.Origin.DIALLED
                || call.rows().cels().isEmpty()) {
            return List.of();
        }
        Set<String> named = dialledDestinations();
        List<Forward> forwards = new ArrayList<>();
        for (Channel channel : call.channels().all()) {
            String local = channel.name().map(ChannelName::endpoint).orElse("");
            boolean isNew = isFirstHalf(channel) && !GROUP_MEMBER.matcher(local).matches();
            if (isNew && isBeforeAnswer(channel) && named.stream().noneMatch(local::equals) && !isQueued()) {
                ringingAt(channel)
                        .ifPresent(phone -> forwards.add(new Forward(
                                call.partyOf(phone),
                                call.dialledParty(extension(local)),
                                Times.instant(channel.startedAt()))));
            }
        }
        return forwards;
    }

    private static boolean isFirstHalf(Channel channel) {
        return channel.isLocal() && channel.fullName().endsWith(";1");
    }

    private boolean isBeforeAnswer(Channel channel) {
        Long answered = call.talk().answeredAt();
        return channel.startedAt() != null && (answered == null || channel.startedAt() < answered);
    }

    private boolean isQueued() {
        return !call.applications().of("Queue").isEmpty();
    }

    private Optional<Channel> ringingAt(Channel local) {
        return call.channels().persons().stream()
                .filter(person -> !call.caller().owns(person) && person.startedAt() != null)
                .filter(person -> person.startedAt() <= local.startedAt())
                .filter(person -> person.answeredAt() == null)
                .reduce((earlier, later) -> later);
    }

    private Set<String> dialledDestinations() {
        return call.applications().of("Dial").stream()
                .flatMap(run -> DialString.destinations(run.step().argument(0)).stream())
                .map(Forwards::withoutTechnology)
                .collect(Collectors.toSet());
    }

    private List<Forward> byDialplan() {
        if (call.caller().origin() != Caller.Origin.DIALLED) {
            return List.of();
        }
        List<Forward> forwards = new ArrayList<>();
        for (Run run : call.applications().of("Dial")) {
            List<String> destinations = DialString.destinations(run.step().argument(0));
            if (run.channel() == call.caller().root()
                    && destinations.size() == 1
                    && destinations.get(0).startsWith("Local/")
                    && !GROUP_MEMBER
                            .matcher(withoutTechnology(destinations.get(0)))
                            .matches()) {
                forwards.add(new Forward(
                        null,
                        call.dialledParty(extension(destinations.get(0))),
                        Times.instant(run.step().from())));
            }
        }
        return forwards;
    }

    private static String firstDestination(String appdata) {
        List<String> destinations = DialString.destinations(appdata == null ? "" : appdata.split(",", 2)[0]);
        return destinations.isEmpty() ? "" : destinations.get(0);
    }

    private static String withoutTechnology(String destination) {
        String[] parts = destination.split("/", 3);
        return parts.length > 1 ? parts[1] : destination;
    }

    /** {@code Local/110@from-internal/n} and {@code 110@from-internal} are 110. */
    private static String extension(String destination) {
        return withoutTechnology(destination).split("@", 2)[0];
    }
}
