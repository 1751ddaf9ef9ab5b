package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.document.CallDocument.RecordingFile;
import com.sipstack.asterisk.model.document.Journal;
import com.sipstack.asterisk.model.document.Journal.Event;
import com.sipstack.asterisk.model.document.Journal.ThreadEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists a call's rows for the document, and the recordings that they speak of. */
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

    private Journals() {}

    static Journal of(CallRows rows) {
        List<ThreadEntry> threads = new ArrayList<>();
        rows.cdrs().forEach(cdr -> threads.add(entry(cdr)));
        List<Event> events = new ArrayList<>();
        for (Cel cel : rows.cels()) {
            if (THREADED.contains(cel.type())) {
                threads.add(entry(cel));
            } else if (cel.type() == CelEventType.USER_DEFINED) {
                events.add(event(cel));
            }
        }
        threads.sort(Comparator.comparing(ThreadEntry::time, Comparator.nullsFirst(Comparator.naturalOrder())));
        return Journal.of(threads, events);
    }

    /** From MixMonitor's events, whose appdata begins with the file. */
    static List<RecordingFile> recordings(CallRows rows) {
        Map<String, RecordingFile> files = new LinkedHashMap<>();
        for (Cel cel : rows.cels()) {
            if (cel.type() == CelEventType.APP_START && "MixMonitor".equalsIgnoreCase(cel.appname())) {
                String path = beforeComma(cel.appdata());
                if (!path.isEmpty()) {
                    files.putIfAbsent(path, new RecordingFile(fileName(path), path, null, "cel", "expected"));
                }
            }
        }
        return List.copyOf(files.values());
    }

    private static ThreadEntry entry(Cdr cdr) {
        return new ThreadEntry(
                Times.instant(cdr.startTime()),
                "CDR",
                cdr.src(),
                cdr.dst(),
                cdr.duration(),
                cdr.billsec(),
                cdr.disposition(),
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
        String text = Extra.of(cel).text("extra");
        return new Event(cel.eventtype(), Times.instant(cel.eventTime()), cel.uniqueid(), text.isEmpty() ? null : text);
    }

    private static String beforeComma(String appdata) {
        if (appdata == null) {
            return "";
        }
        int comma = appdata.indexOf(',');
        return comma < 0 ? appdata : appdata.substring(0, comma);
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
