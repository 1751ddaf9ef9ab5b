package com.sipstack.asterisk.allinone.doctor;

import com.sipstack.asterisk.allinone.EnvTargets;
import java.util.List;

/** Reads the settings as {@code sipstack run} does, but for what connectors say of theirs: they are plugins. */
final class SettingsCheck implements Check {
    private final EnvTargets env;
    private final String origin;

    /** @param origin where the settings are from, for people */
    SettingsCheck(EnvTargets env, String origin) {
        this.env = env;
        this.origin = origin;
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
        env.withoutEffect().forEach(name -> out.note(name + " has no effect here; sipstack mailcmd reads it", ""));
        if (faults.isEmpty()) {
            out.ok(origin + " is understood, and the assembler takes it; connectors look at theirs when they start");
        }
    }
}
