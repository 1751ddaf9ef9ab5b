package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Row;
import java.util.List;

/** Calls that last and last. */
final class LongCalls {
    private LongCalls() {}

    /** People who come to one bridge one after the other, and leave it in the same order. */
    static List<Row> conference(int events) {
        StringBuilder table =
                new StringBuilder("time|eventtype|channame|uniqueid|context|exten|appname|appdata|extra\n");
        int people = events / 4;
        for (int i = 0; i < people; i++) {
            append(table, i, i, "CHAN_START");
            append(table, i, i, "BRIDGE_ENTER");
        }
        for (int i = 0; i < people; i++) {
            append(table, people + i, i, "BRIDGE_EXIT");
            append(table, people + i, i, "CHAN_END");
        }
        return Cels.table(table.toString());
    }

    private static void append(StringBuilder table, int time, int person, String type) {
        String extra = type.startsWith("BRIDGE") ? "{\"bridge_id\":\"b\",\"bridge_technology\":\"softmix\"}" : "";
        table.append(time)
                .append('|')
                .append(type)
                .append("|SIP/")
                .append(1000 + person)
                .append('-')
                .append(String.format("%08x", person))
                .append("|1795305288.")
                .append(person)
                .append("|from-internal|8000|ConfBridge|8000|")
                .append(extra)
                .append('\n');
    }
}
