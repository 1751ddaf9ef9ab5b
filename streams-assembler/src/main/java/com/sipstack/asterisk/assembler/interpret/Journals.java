package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.document.Journal;
import com.sipstack.asterisk.model.document.Journal.Event;
import com.sipstack.asterisk.model.document.Journal.ThreadEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Lists a call's rows for the document. */
final class Journals {
    private static final Set<CelEventType> THREADED = EnumSet.of(
            CelEventType.CHAN_START,
            CelEventType.ANSWER,
            CelEventType.BRIDGE_ENTER,
            CelEventType.BRIDGE_EXIT,
            CelEventType.BLINDTRANSFER,
            CelEventType.ATTENDEDTRANSFER,
            CelEventType.HANGUP,
            CelEventType.LINKEDID_END);

    /** What else happened; not the digits that people typed, which may be secrets. */
    private static final Set<CelEventType> TOLD = EnumSet.of(
            CelEventType.USER_DEFINED,
            CelEventType.PARK_START,
            CelEventType.PARK_END,
            CelEventType.PICKUP,
            CelEventType.FORWARD);

    private Journals() {}

    /** @param dtmf whether the digits that people typed are told */
    static Journal of(CallRows rows, boolean dtmf) {
        List<ThreadEntry> threads = new ArrayList<>();
        rows.cdrs().forEach(cdr -> threads.add(entry(cdr)));
        List<Event> events = new ArrayList<>();
        for (Cel cel : rows.cels()) {
            if (THREADED.contains(cel.type())) {
                threads.add(entry(cel));
            } else if (TOLD.contains(cel.type()) || (dtmf && cel.type() == CelEventType.DTMF)) {
                events.add(event(cel));
            }
        }
        threads.removeIf(entry -> entry.time() == null);
        threads.sort(Comparator.comparing(ThreadEntry::time));
        return Journal.of(threads, events);
    }

    private static ThreadEntry entry(Cdr cdr) {
        return new ThreadEntry(
                Times.instant(cdr.startTime()),
                "CDR",
                cdr.src(),
                cdr.dst(),
                cdr.duration(),
                cdr.billsec(),
                cdr.outcome(),
                cdr.channel(),
                cdr.dstchannel(),
                null,
                null,
                cdr.uniqueid(),
                null,
                null);
    }

    private static ThreadEntry entry(Cel cel) {
        CelEventType type = cel.type();
        boolean isBridge = type == CelEventType.BRIDGE_ENTER || type == CelEventType.BRIDGE_EXIT;
        boolean isTransfer = type == CelEventType.BLINDTRANSFER || type == CelEventType.ATTENDEDTRANSFER;
        String transferee = isTransfer ? Extra.of(cel).text("transferee_channel_name") : null;
        return new ThreadEntry(
                Times.instant(cel.eventTime()),
                type.name(),
                null,
                null,
                null,
                null,
                null,
                cel.channame(),
                null,
                cel.exten(),
                cel.context(),
                cel.uniqueid(),
                isBridge ? cel.peer() : null,
                transferee);
    }

    private static Event event(Cel cel) {
        boolean isUsers = cel.type() == CelEventType.USER_DEFINED;
        String text = isUsers ? Extra.of(cel).text("extra") : Extra.of(cel).json();
        return new Event(typeOf(cel), Times.instant(cel.eventTime()), cel.uniqueid(), text.isEmpty() ? null : text);
    }

    /** With {@code show_user_defined} the dialplan's word stands in a column of its own. */
    private static String typeOf(Cel cel) {
        boolean hasOwnColumn = CelEventType.USER_DEFINED.name().equalsIgnoreCase(cel.eventtype())
                && cel.userdeftype() != null
                && !cel.userdeftype().isEmpty();
        boolean isUsers = cel.type() == CelEventType.USER_DEFINED;
        return hasOwnColumn
                ? cel.userdeftype()
                : isUsers ? cel.eventtype() : cel.type().name();
    }
}
