package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.assembler.interpret.CallInterpreter;
import com.sipstack.asterisk.assembler.interpret.CdrFilter;
import com.sipstack.asterisk.assembler.interpret.PbxProfile;
import com.sipstack.asterisk.model.Pbx;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the interpreter is told of each PBX, as it is now: the topic's word counts for more than the file's, and the file's for more
 * than the configuration's. A change counts for what is interpreted from then on. Safe for any thread.
 */
final class PbxSettings {
    private static final Logger log = LoggerFactory.getLogger(PbxSettings.class);
    private static final int MOST_PBXS = 100_000;

    private final Map<String, ?> configuration;
    private final Map<Layer, Map<String, Map<String, String>>> layers = new EnumMap<>(Layer.class);
    private final Map<Host, String> owners = new HashMap<>();
    private final Map<String, Reading> readings = new ConcurrentHashMap<>();

    /** Where settings come from that may change, the weakest first. */
    enum Layer {
        FILE,
        TOPIC
    }

    /** What must be one PBX's alone: to SIPSTACK, two PBXs under one host name are one, and their calls overwrite each other. */
    private record Host(Integer customerId, String hostname) {
        static Host of(PbxProfile profile) {
            return new Host(profile.customerId(), profile.hostname());
        }
    }

    private record Reading(Host host, PbxProfile profile, CallInterpreter interpreter, CdrFilter filter) {}

    /** @param configuration the assembler's settings, those of single PBXs among them */
    PbxSettings(Map<String, ?> configuration) {
        this.configuration = new HashMap<>(configuration);
        for (Layer layer : Layer.values()) {
            layers.put(layer, new HashMap<>());
        }
        PbxKey.pbxs(configuration.keySet()).forEach(this::reading);
    }

    /** As it is when it is asked. */
    Interpretation interpretation() {
        return new Interpretation(
                pbx -> reading(pbx).interpreter(),
                pbx -> reading(pbx).filter(),
                pbx -> reading(pbx).profile());
    }

    /**
     * Takes over what several PBXs are told, all that are right; empty settings take a PBX's away. Their order does not matter where
     * one gives up the host name that another takes.
     *
     * @return why others were refused, by PBX: these keep what they had
     */
    synchronized Map<String, String> put(Layer layer, Map<String, Map<String, String>> settings) {
        Map<String, Map<String, String>> left = new LinkedHashMap<>(settings);
        Map<String, String> refused = new LinkedHashMap<>();
        int before;
        do {
            before = left.size();
            refused.clear();
            left.entrySet().removeIf(entry -> put(layer, entry.getKey(), entry.getValue(), refused));
        } while (!left.isEmpty() && left.size() < before);
        return refused;
    }

    private boolean put(Layer layer, String pbx, Map<String, String> settings, Map<String, String> refused) {
        Map<String, Map<String, String>> all = layers.get(layer);
        Map<String, String> old = all.get(pbx);
        try {
            requireRoom(Pbx.requireName(pbx), all);
            set(all, pbx, settings);
            replace(pbx, read(pbx));
            return true;
        } catch (IllegalArgumentException | ConfigException e) {
            set(all, pbx, old);
            refused.put(pbx, e.getMessage());
            return false;
        }
    }

    private static void set(Map<String, Map<String, String>> all, String pbx, Map<String, String> settings) {
        if (settings == null || settings.isEmpty()) {
            all.remove(pbx);
        } else {
            all.put(pbx, Map.copyOf(settings));
        }
    }

    private static void requireRoom(String pbx, Map<String, Map<String, String>> all) {
        if (all.size() >= MOST_PBXS && !all.containsKey(pbx)) {
            throw new ConfigException("there are settings of " + MOST_PBXS + " PBXs already");
        }
    }

    private void replace(String pbx, Reading next) {
        String owner = owners.get(next.host());
        if (owner != null && !owner.equals(pbx)) {
            throw new ConfigException(
                    AssemblerConfig.HOSTNAME, next.host().hostname(), "must differ from that of the PBX " + owner);
        }
        Reading before = readings.put(pbx, next);
        if (before != null) {
            owners.remove(before.host(), pbx);
        }
        owners.put(next.host(), pbx);
    }

    private Reading reading(String pbx) {
        Reading known = readings.get(pbx);
        return known != null ? known : firstReading(pbx);
    }

    private synchronized Reading firstReading(String pbx) {
        return readings.computeIfAbsent(pbx, name -> {
            Reading reading = read(name);
            String owner = owners.putIfAbsent(reading.host(), name);
            if (owner != null) {
                log.error(
                        "The PBX {} comes under the host name {}, which is the PBX {}'s: give each a {} of its own",
                        name,
                        reading.host().hostname(),
                        owner,
                        AssemblerConfig.HOSTNAME);
            }
            return reading;
        });
    }

    private Reading read(String pbx) {
        Map<String, Object> effective = new HashMap<>(configuration);
        layers.values()
                .forEach(layer -> layer.getOrDefault(pbx, Map.of())
                        .forEach((setting, value) -> effective.put(PbxKey.of(pbx, setting), value)));
        InterpreterConfig config = new InterpreterConfig(effective, pbx);
        PbxProfile profile = config.profile();
        return new Reading(Host.of(profile), profile, new CallInterpreter(profile), config.filter());
    }
}
