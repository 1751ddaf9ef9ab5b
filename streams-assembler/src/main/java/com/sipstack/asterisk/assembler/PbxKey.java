package com.sipstack.asterisk.assembler;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The name of a setting of one PBX: {@code pbxs.<pbx>.<setting>}.
 *
 * @param pbx may have dots, as settings have
 */
record PbxKey(String pbx, String setting) {
    static String of(String pbx, String setting) {
        return AssemblerConfig.PBXS + pbx + "." + setting;
    }

    /** Empty if it is no setting of one PBX, or none that the interpreter knows. */
    static Optional<PbxKey> parse(String key) {
        if (!key.startsWith(AssemblerConfig.PBXS)) {
            return Optional.empty();
        }
        String rest = key.substring(AssemblerConfig.PBXS.length());
        return InterpreterConfig.names().stream()
                .filter(setting -> rest.endsWith("." + setting) && rest.length() > setting.length() + 1)
                .max(Comparator.comparingInt(String::length))
                .map(setting -> new PbxKey(rest.substring(0, rest.length() - setting.length() - 1), setting));
    }

    /** The PBXs that the keys speak of. */
    static Set<String> pbxs(Collection<String> keys) {
        Set<String> pbxs = new TreeSet<>();
        keys.forEach(key -> parse(key).ifPresent(found -> pbxs.add(found.pbx())));
        return pbxs;
    }
}
