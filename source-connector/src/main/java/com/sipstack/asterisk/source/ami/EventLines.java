package com.sipstack.asterisk.source.ami;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Puts events together line by line. For one connection's reading thread. */
final class EventLines {
    private static final String EVENT = "Event: ";
    private static final String LINE_END = "\r\n";
    /** No event of Asterisk comes near it: one that does has lost its end. */
    private static final int LONGEST = 64 * 1024;

    private final Map<String, String> headers = new LinkedHashMap<>();
    private EventHeaders expected;
    private String name;
    private String lastHeader;
    private StringBuilder value;
    private int length;

    /** What became of a line. */
    sealed interface Taken permits NotOurs, Pending, Complete, TooLong {}

    /** It is of no event: a greeting, or of a response. */
    record NotOurs() implements Taken {}

    /** Its event goes on. */
    record Pending() implements Taken {}

    /** It ended its event. */
    record Complete(AmiEvent event) implements Taken {}

    /** Its event has grown past all bounds and is given up. */
    record TooLong(AmiEvent begun) implements Taken {}

    private static final Taken NOT_OURS = new NotOurs();
    private static final Taken PENDING = new Pending();

    Taken take(String line) {
        if (name == null) {
            return begin(line);
        }
        length += line.length();
        if (length > LONGEST) {
            return new TooLong(finish());
        }
        if (line.isEmpty() && !expected.isOpen(lastHeader)) {
            return new Complete(finish());
        }
        header(line)
                .ifPresentOrElse(
                        header -> next(header, line),
                        () -> value.append(LINE_END).append(line));
        return PENDING;
    }

    private Taken begin(String line) {
        if (!line.startsWith(EVENT)) {
            return NOT_OURS;
        }
        name = line.substring(EVENT.length()).strip();
        expected = EventHeaders.of(name);
        lastHeader = "Event";
        value = new StringBuilder(name);
        length = 0;
        return PENDING;
    }

    /** The header that a line begins; empty if it goes on with the value of the one before. */
    private Optional<String> header(String line) {
        int colon = line.indexOf(':');
        if (colon <= 0) {
            return Optional.empty();
        }
        String header = line.substring(0, colon);
        return expected.mayFollow(lastHeader, header) ? Optional.of(header) : Optional.empty();
    }

    private void next(String header, String line) {
        headers.put(lastHeader, value.toString());
        lastHeader = header;
        int begin = header.length() + 1;
        value = new StringBuilder(line.startsWith(" ", begin) ? line.substring(begin + 1) : line.substring(begin));
    }

    private AmiEvent finish() {
        headers.put(lastHeader, value.toString());
        AmiEvent event = new AmiEvent(name, new LinkedHashMap<>(headers));
        headers.clear();
        name = null;
        return event;
    }
}
