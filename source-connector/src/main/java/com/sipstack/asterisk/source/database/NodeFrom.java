package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.model.Pbx;
import com.sipstack.asterisk.model.UniqueId;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How to tell which of several PBXs that write into one table a row is of. */
sealed interface NodeFrom permits NodeFrom.None, NodeFrom.SystemName, NodeFrom.Column {
    String NONE = "none";
    String SYSTEMNAME = "systemname";
    String COLUMN = "column:";

    /** All rows are of one PBX. */
    record None() implements NodeFrom {
        @Override
        public Optional<String> node(TableRow row) {
            return Optional.empty();
        }
    }

    /** By the systemname that Asterisk writes before the epoch of its uniqueids. */
    record SystemName() implements NodeFrom {
        @Override
        public Optional<String> node(TableRow row) {
            return Stream.of("uniqueid", "linkedid")
                    .flatMap(column -> UniqueId.parse(row.text(column)).stream())
                    .map(UniqueId::systemName)
                    .filter(name -> !name.isBlank())
                    .findFirst();
        }
    }

    /** @param name in lower case */
    record Column(String name) implements NodeFrom {
        @Override
        public Optional<String> node(TableRow row) {
            return Optional.ofNullable(row.text(name)).map(String::strip).filter(node -> !node.isEmpty());
        }
    }

    /** As the row has it; empty if it tells none. */
    Optional<String> node(TableRow row);

    /** The name of the PBX that wrote a row: {@code pbx.node}, made to keep the rule of such names, or that of all of them. */
    default String pbxOf(String pbx, TableRow row) {
        return node(row).map(node -> Name.of(pbx, node)).orElse(pbx);
    }

    /** @throws IllegalArgumentException if the text is none of ours */
    static NodeFrom parse(String text) {
        if (text.startsWith(COLUMN) && text.length() > COLUMN.length()) {
            return new Column(text.substring(COLUMN.length()).toLowerCase(Locale.ROOT));
        }
        return switch (text) {
            case NONE -> new None();
            case SYSTEMNAME -> new SystemName();
            default -> throw new IllegalArgumentException("'" + text + "' names no source of nodes");
        };
    }

    /** Names of nodes. */
    final class Name {
        private static final Pattern FORBIDDEN = Pattern.compile("[^A-Za-z0-9._-]");
        private static final int LONGEST = 64;
        private static final int DIGEST = 8;

        private Name() {}

        /** What had to be changed gets a digest at its end, so that two nodes never share a name. */
        private static String of(String pbx, String node) {
            String name = pbx + "." + node;
            if (Pbx.isName(name)) {
                return name;
            }
            String digest = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                    .toString()
                    .substring(0, DIGEST);
            String clean = FORBIDDEN.matcher(name).replaceAll("_");
            return clean.substring(0, Math.min(clean.length(), LONGEST - 1 - DIGEST)) + "-" + digest;
        }
    }
}
