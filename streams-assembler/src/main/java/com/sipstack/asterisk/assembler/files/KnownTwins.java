package com.sipstack.asterisk.assembler.files;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.Row;
import java.util.HashMap;
import java.util.Map;

/**
 * Knows rows again that stand in more than one file: cdr-csv writes an account's legs into a file of their own too, and a PBX may log
 * to a table and to a file. Equal rows of one file are as many rows; the nth of one file is the nth of the other.
 */
final class KnownTwins {
    private static final long SECOND = 1_000_000;

    private final Map<Object, Integer> kept = new HashMap<>();
    private final Map<InFile, Integer> counted = new HashMap<>();

    private record Leg(String pbx, String uniqueid, Integer sequence, String channel, String dstchannel, Long second) {}

    /** Files have times of different precision, and not all have the extra. */
    private record Event(String pbx, String uniqueid, String type, String channel, Long second) {}

    private record InFile(String file, Object identity) {}

    boolean knows(String file, Row row) {
        Object identity = row instanceof Cdr cdr ? legOf(cdr) : eventOf((Cel) row);
        int nth = counted.merge(new InFile(file, identity), 1, Integer::sum);
        boolean isKnown = nth <= kept.getOrDefault(identity, 0);
        if (!isKnown) {
            kept.put(identity, nth);
        }
        return isKnown;
    }

    private static Leg legOf(Cdr cdr) {
        return new Leg(
                cdr.provenance().pbx(),
                cdr.uniqueid(),
                cdr.sequence(),
                cdr.channel(),
                cdr.dstchannel(),
                second(cdr.startTime()));
    }

    private static Event eventOf(Cel cel) {
        String type = cel.type() == CelEventType.USER_DEFINED
                ? cel.eventtype()
                : cel.type().name();
        return new Event(cel.provenance().pbx(), cel.uniqueid(), type, cel.channame(), second(cel.eventTime()));
    }

    private static Long second(Long micros) {
        return micros == null ? null : (Long) Math.floorDiv(micros, SECOND);
    }
}
