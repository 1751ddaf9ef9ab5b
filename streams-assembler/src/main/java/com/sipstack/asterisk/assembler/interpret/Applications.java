package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cdr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The applications that the call's channels ran. Every row names the application of its moment, so most show without APP_START;
 * a CDR's last application counts where no event tells of it.
 */
final class Applications {
    private final List<Run> runs = new ArrayList<>();
    private final Set<Told> told = new HashSet<>();

    /** A channel runs one application with the same arguments once, as far as one can tell. */
    private record Told(Channel channel, String app, String data) {
        static Told of(Channel channel, Step step) {
            return new Told(channel, step.app(), step.data());
        }
    }

    /**
     * One application of one channel.
     *
     * @param step its first place; times from its first to its last row
     * @param inEvents whether events tell of it, so that its times are exact
     */
    record Run(Channel channel, Step step, boolean inEvents) {
        boolean overlaps(Encounter encounter) {
            return step.from() != null && step.from() <= encounter.from() && encounter.from() <= step.until();
        }
    }

    Applications(Channels channels) {
        for (Channel channel : channels.all()) {
            addEvents(channel);
            channel.legs().forEach(cdr -> addLeg(channel, cdr));
        }
    }

    private void addEvents(Channel channel) {
        if (channel.isOnlyInCdrs()) {
            return;
        }
        Step run = null;
        for (Step step : channel.path()) {
            if (run != null && run.runsSame(step)) {
                run = run.until(step);
            } else {
                addUnlessIdle(channel, run);
                run = step;
            }
        }
        addUnlessIdle(channel, run);
    }

    private void addUnlessIdle(Channel channel, Step run) {
        if (run != null && !run.app().isEmpty()) {
            runs.add(new Run(channel, run, true));
            told.add(Told.of(channel, run));
        }
    }

    private void addLeg(Channel channel, Cdr cdr) {
        Step step = Step.of(cdr);
        if (!step.app().isEmpty() && !told.contains(Told.of(channel, step))) {
            runs.add(new Run(channel, step, false));
        }
    }

    /** The runs of any of the applications, names in whatever case. */
    List<Run> of(String... names) {
        Set<String> wanted = Set.of(names);
        return runs.stream()
                .filter(run -> wanted.stream().anyMatch(name -> run.step().runs(name)))
                .toList();
    }

    Stream<Run> on(Channel channel) {
        return runs.stream().filter(run -> run.channel() == channel);
    }
}
