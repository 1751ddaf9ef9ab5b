package com.sipstack.asterisk.allinone.doctor;

import com.sipstack.asterisk.allinone.EnvTargets;
import java.util.List;

/** Reads the settings as {@code sipstack run} does, but for what connectors say of theirs: they are plugins. */
final class SettingsCheck implements Check {
    private final EnvTargets env;
    private final String origin;
    private final List<String> withDollar;

    /**
     * @param origin where the settings are from, for people
     * @param withDollar variables with a {@code $} that is not in single quotes
     */
    SettingsCheck(EnvTargets env, String origin, List<String> withDollar) {
        this.env = env;
        this.origin = origin;
        this.withDollar = List.copyOf(withDollar);
    }

    @Override
    public Area area() {
        return Area.SETTINGS;
    }

    @Override
    public void run(Findings out) {
        List<String> faults = env.faults();
        faults.forEach(
                fault -> out.error(fault, "sipstack run does not start with this. It is set in " + origin + "."));
        env.misspelt().forEach(line -> out.warning(line, "It is set in " + origin + "."));
        withDollar.forEach(name -> out.warning(
                name + " has a $: sipstack run keeps it, Docker Compose would replace what follows it",
                "Put the value in single quotes, which both read alike. It is set in " + origin + "."));
        env.withoutEffect().forEach(line -> out.note(line, ""));
        if (faults.isEmpty()) {
            out.ok(origin + " is understood, and the assembler takes it; connectors look at theirs when they start");
        }
    }
}
